using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Configs;
using Agents.Realtime.Dialects;
using Agents.Realtime.Groups.Frames;
using Agents.Realtime.Handlers;
using Agents.Realtime.Metrics;
using Agents.Realtime.Presence;
using Agents.Realtime.Signatures;
using Agents.Realtime.Work;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Agents.Realtime.Hub;

internal static class Hub
{
    public static void AddHub(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<HubOptions>().BindConfiguration(HubOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Connections>();
        services.AddSingleton<Welcome>();
        services.AddSingleton<Router>();
        services.AddSingleton<Registrar>();
        services.AddHostedService<Beat>();
        services.AddHostedService<Farewell>();
        services.AddLoop<Evictions>();

        // What comes in, and who handles it. A new message is a line here, its record in Contracts, and a handler.
        services.AddMessage<HeartbeatIn, HeartbeatHandler>(FrameType.Heartbeat);
        services.AddMessage<AgentStatusPayload, AgentStatusHandler>(FrameType.AgentStatus);
        services.AddMessage<MetricsPayload, MetricsHandler>(FrameType.Metrics);
        services.AddMessage<RegisterAgentRequest, AgentRegisterHandler>(FrameType.AgentRegister);
        services.AddMessage<RegisterFlat, RegisterFlatHandler>(name: null);
        services.AddMessage<DeviceUpdate, DeviceUpdateHandler>(FrameType.DeviceUpdate);
        services.AddMessage<AgentConfigHeld, AgentConfigHeldHandler>(FrameType.AgentConfig);
        services.AddMessage<TaskAccept, TaskAcceptHandler>(FrameType.TaskAccept);
        services.AddMessage<TaskProgress, TaskProgressHandler>(FrameType.TaskProgress);
        services.AddAnswered<TaskResult, TaskResultHandler>(FrameType.TaskResult);
        services.AddMessage<TaskError, TaskErrorHandler>(FrameType.TaskError);
        services.AddAnswered<TaskQuestion, TaskQuestionHandler>(FrameType.TaskQuestion);
        services.AddAnswered<SubmitTaskRequest, TaskSubmitHandler>(FrameType.TaskSubmit);
        services.AddAnswered<GroupJoin, GroupJoinHandler>(FrameType.GroupJoin);
        services.AddMessage<GroupLeave, GroupLeaveHandler>(FrameType.GroupLeave);
        services.AddKeeping<GroupSay, GroupSayHandler>(FrameType.GroupMessage);
        services.AddMessage<GroupAck, GroupAckHandler>(FrameType.GroupAck);
        services.AddMessage<InboxAck, InboxAckHandler>(FrameType.InboxAck);
    }

    public static void AddWork(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<ISchedulerInternal>("scheduler");
        builder.Services.AddSingleton<Instance>();
        builder.Services.AddSingleton<WordQueue>();
        builder.Services.AddSingleton<OrderDesk>();
        builder.Services.AddSingleton(services => new Holders(services.GetRequiredService<Connections>(), services.GetRequiredService<IOptions<HubOptions>>().Value));
        builder.Services.AddLoop<WordPipe>();
        builder.Services.AddSingleton<TaskEventReader>();
        builder.Services.AddSingleton<EventReplay>();
        builder.Services.AddLoop<TaskFollower>();
    }

    public static void AddPresence(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<IRegistryInternal>("registry");
        builder.Services.AddSingleton<Roster>();
        builder.Services.AddSingleton<PresenceBook>();
        builder.Services.AddSingleton<FirstLists>();
        builder.Services.AddSingleton<DeviceNews>();
        builder.Services.AddHostedService<PresencePush>();
        builder.Services.AddHostedService<DevicePush>();
        builder.Services.AddHostedService<PresenceReporter>();
        builder.Services.AddLoop<RegistryFeed>();
        builder.Services.AddLoop<MetricForwarder>();
    }

    public static void AddSignatures(this WebApplicationBuilder builder)
    {
        builder.Services.AddLoop<RefusedMessages>();
        builder.Services.AddSingleton<SignatureCheck>();
    }

    private static void AddMessage<TMessage, THandler>(this IServiceCollection services, string? name)
        where TMessage : class
        where THandler : class, IHandler<TMessage> =>
        services.AddRoute<TMessage, THandler>(name, (handler, from, message, _, token) => handler.HandleAsync(from, message, token));

    private static void AddAnswered<TMessage, THandler>(this IServiceCollection services, string name)
        where TMessage : class
        where THandler : class, IAnsweringHandler<TMessage> =>
        services.AddRoute<TMessage, THandler>(name, (handler, from, message, received, token) => handler.HandleAsync(from, message, received.Id, token));

    private static void AddKeeping<TMessage, THandler>(this IServiceCollection services, string name)
        where TMessage : class
        where THandler : class, IKeepingHandler<TMessage> =>
        services.AddRoute<TMessage, THandler>(
            name, (handler, from, message, received, token) => handler.HandleAsync(from, message, received.Id, SignatureCheck.Kept(from.Peer.Signer, received.Signed), token));

    private static void AddRoute<TMessage, THandler>(
        this IServiceCollection services, string? name, Func<THandler, Connection, TMessage, Received, CancellationToken, ValueTask<Fault?>> handle)
        where TMessage : class
        where THandler : class
    {
        services.TryAddSingleton<THandler>();
        services.AddSingleton(provider =>
        {
            var handler = new Lazy<THandler>(provider.GetRequiredService<THandler>);
            return new MessageRoute(name, typeof(TMessage), (from, received, token) => handle(handler.Value, from, (TMessage)received.Message, received, token));
        });
    }
}

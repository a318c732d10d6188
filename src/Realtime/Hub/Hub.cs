using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Handlers;
using Agents.Realtime.Metrics;
using Agents.Realtime.Presence;
using Agents.Realtime.Signatures;
using Agents.ServiceDefaults.Clients;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.AddHostedService<Beat>();
        services.AddHostedService<Farewell>();
        services.AddLoop<Evictions>();

        // What comes in, and who handles it. A new message is a line here, its record in Contracts, and a handler.
        services.AddMessage<HeartbeatIn, HeartbeatHandler>(FrameType.Heartbeat);
        services.AddMessage<AgentStatusPayload, AgentStatusHandler>(FrameType.AgentStatus);
        services.AddMessage<MetricsPayload, MetricsHandler>(FrameType.Metrics);
        services.AddMessage<RegisterAgentRequest, AgentRegisterHandler>(FrameType.AgentRegister);
        services.AddMessage<DeviceUpdate, DeviceUpdateHandler>(FrameType.DeviceUpdate);
    }

    public static void AddPresence(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<IRegistryInternal>("registry");
        builder.Services.AddSingleton<Roster>();
        builder.Services.AddSingleton<PresenceBook>();
        builder.Services.AddHostedService<PresencePush>();
        builder.Services.AddHostedService<PresenceReporter>();
        builder.Services.AddLoop<RegistryFeed>();
        builder.Services.AddLoop<MetricForwarder>();
    }

    public static void AddSignatures(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SeenFrames>();
        builder.Services.AddSingleton<SignatureCheck>();
        builder.Services.AddHostedService<SeenFramesSweep>();
    }

    private static void AddMessage<TMessage, THandler>(this IServiceCollection services, string name)
        where TMessage : class
        where THandler : class, IHandler<TMessage>
    {
        services.TryAddSingleton<THandler>();
        services.AddSingleton(provider =>
        {
            var handler = new Lazy<THandler>(provider.GetRequiredService<THandler>);
            return new MessageRoute(name, typeof(TMessage), (from, message, token) => handler.Value.HandleAsync(from, (TMessage)message, token));
        });
    }

    /// <summary>One that runs by itself, and that others ask something of as well.</summary>
    private static void AddLoop<TLoop>(this IServiceCollection services)
        where TLoop : class, IHostedService
    {
        services.AddSingleton<TLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<TLoop>());
    }
}

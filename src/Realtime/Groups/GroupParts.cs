using Agents.Contracts;
using Agents.Realtime.Groups.Attachments;
using Agents.Realtime.Groups.Delivery;
using Agents.Realtime.Groups.Log;
using Agents.Realtime.Groups.People;
using Agents.Realtime.Groups.Rest;
using Agents.Realtime.Groups.Works;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Feeds;
using Agents.ServiceDefaults.Loops;

namespace Agents.Realtime.Groups;

internal static class GroupParts
{
    /// <summary>People, devices, and agents by their own token.</summary>
    public const string Readers = "GroupReaders";

    /// <summary>The same without those who only look on.</summary>
    public const string Speakers = "GroupSpeakers";

    public static void AddGroups(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddDeviceCredentials();
        builder.AddAgentCredentials();
        services.AddAuthorizationBuilder()
            .AddPolicy(Readers, AgentCredentials.Or([.. Roles.OfPeople, Roles.Agent]))
            .AddPolicy(Speakers, AgentCredentials.Or(Roles.Admin, Roles.Operator, Roles.User, Roles.Agent));

        services.AddLoop<MessageLog>();
        services.AddSingleton<Memberships>();
        services.AddSingleton<PostStaff>();
        services.AddSingleton<Conversation>();
        services.AddSingleton<Inboxes>();

        services.AddSingleton<LogReader>();
        services.AddSingleton<Rooms>();
        services.AddSingleton<Seats>();
        services.AddSingleton<WaitingMentions>();
        services.AddSingleton<PostgresEar>();
        services.AddLoop<AckBook>();
        services.AddHostedService<SeatLoop>();
        services.AddHostedService<GroupEar>();

        services.AddSingleton<WorkBell>();
        services.AddSingleton<WorkReports>();
        services.AddScoped<WorkingGroups>();
        services.AddHostedService<WorkDesk>();
        services.AddHostedService<WorkFollower>();

        services.AddHostedService<PeopleHere>();

        services.AddScoped<GroupCaller>();
        services.AddScoped<Invitations>();
        services.AddScoped<SignedRequests>();
        services.AddHostedService<AttachmentSweep>();
    }

    public static void MapGroupRoutes(this IEndpointRouteBuilder routes)
    {
        routes.MapGroups();
        routes.MapGroupMembers();
        routes.MapMessages();
        routes.MapMessageSearch();
        routes.MapAttachments();
        routes.MapInboxes();
    }
}

using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Events;
using Agents.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>For Posts, which gives secrets only to whoever runs a task.</summary>
internal static class HoldersApi
{
    /// <summary>By its id alone: what is queued or was gathered has no holder, whatever it had before.</summary>
    private const string Find =
        """
        SELECT agent_id, device_id, holder, started_at IS NOT NULL FROM live
        WHERE id = $1 AND attempt = $2 AND stage + 0 = 3 AND holder IS NOT NULL AND agent_id IS NOT NULL
        """;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Other replicas take accepts too, and may have nothing to tell it by.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    public static void MapInternalHolders(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/work/tasks/{taskId}/attempts/{attempt}", GetAsync).RequireAuthorization(Policies.Service);

    /// <summary>An accept goes by its socket, and who sent it may ask for his secrets before it is here.</summary>
    private static async Task<Results<Ok<AttemptHolder>, NotFound>> GetAsync(
        Guid taskId, int attempt, int wait, NpgsqlDataSource postgres, EventSignal signal, CancellationToken cancellationToken)
    {
        var most = TimeSpan.FromSeconds(Math.Clamp(wait, 0, LongestWait.TotalSeconds));
        var holder = await signal.LookAsync(() => FindAsync(postgres, taskId, attempt, cancellationToken), found => found is not { IsAccepted: false }, most, cancellationToken, LookEvery);
        return holder is null ? TypedResults.NotFound() : TypedResults.Ok(holder);
    }

    private static async Task<AttemptHolder?> FindAsync(NpgsqlDataSource postgres, Guid task, int attempt, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(Find).With(task).With(attempt);
        return (await command.ListAsync(row => Of(row.GetString(0), row.Text(1), row.GetString(2), row.GetBoolean(3)), cancellationToken)).SingleOrDefault();
    }

    /// <summary>Over a device's connection the device runs it. What was taken by HTTP the agent's own process runs, or its device for it. Pure.</summary>
    internal static AttemptHolder Of(string agent, string? device, string holder, bool accepted) => HolderKey.DeviceOf(holder) is { } holding
        ? new(agent, holding, false, accepted)
        : new(agent, HolderKey.IsUnreachable(holder) ? device : null, true, accepted);
}

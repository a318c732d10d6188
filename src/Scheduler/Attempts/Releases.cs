using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>C8 of docs/protocol.md: lets go on what waited for tasks that have ended, or ends it with them.</summary>
internal sealed class Releases(
    NpgsqlDataSource postgres, EndedToSee toSee, Leadership leadership, Aftermath aftermath, DueBell due, IOptions<WorkOptions> options, TimeProvider time,
    ILogger<Releases> log) : Lookout(postgres, toSee, leadership, time, log)
{
    protected override Task<List<Guid>> SweepAsync(CancellationToken cancellationToken) => Postgres.ForgottenAsync(MostAtOnce, cancellationToken);

    protected override Task SeeAsync(Guid[] tasks, CancellationToken cancellationToken) =>
        CommitAsync((connection, limited) => ReleaseAsync(connection, tasks, limited), cancellationToken);

    /// <summary>One that fails with what it waited for is waited for in its turn, and seen to by the next round.</summary>
    private async Task<Action> ReleaseAsync(NpgsqlConnection connection, Guid[] ended, CancellationToken cancellationToken)
    {
        var released = await connection.ReleaseAsync(ended, cancellationToken);
        var failed = await connection.EndAsync(
            [.. released.Where(r => r.Fails).Select(r => new Ending(
                r.Task, null, null, TaskStatus.Failed, ErrorKind: TaskErrorKind.DependencyFailed, Error: "A task that it depends on did not get done."))],
            options.Value.Lease, cancellationToken);
        return () =>
        {
            aftermath.HaveEnded(failed);
            if (released.Count > failed.Count)
            {
                aftermath.AreQueued([.. released.Where(r => r is { IsQueued: true, Fails: false }).Select(r => (r.Lane, r.Rank, r.Task))]);
                due.Ring();
                aftermath.Happened();
            }
        };
    }
}

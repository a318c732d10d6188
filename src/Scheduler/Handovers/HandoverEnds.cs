using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Npgsql;

namespace Agents.Scheduler.Handovers;

/// <summary>
/// Cancels what was handed over by tasks that were canceled or failed: nobody waits for it any more. What a task that got done
/// has handed over goes on.
/// </summary>
internal sealed class HandoverEnds(NpgsqlDataSource postgres, HandoversToSee toSee, Leadership leadership, Recall recall, TimeProvider time, ILogger<HandoverEnds> log)
    : Lookout(postgres, toSee, leadership, time, log)
{
    protected override Task<List<Guid>> SweepAsync(CancellationToken cancellationToken) => Postgres.ForgottenParentsAsync(MostAtOnce, cancellationToken);

    /// <summary>Those may have handed on in their turn: the same look is taken at them.</summary>
    protected override Task SeeAsync(Guid[] tasks, CancellationToken cancellationToken) => CommitAsync(
        async (connection, limited) => await recall.CancelAsync(
            connection, await connection.OpenHandoversAsync(tasks, limited), "The task that handed it over has ended without it.", limited),
        cancellationToken);
}

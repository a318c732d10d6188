using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>Brings back to their queues what no holder works on.</summary>
internal sealed class Requeue(NpgsqlDataSource postgres, Aftermath aftermath)
{
    /// <summary>Their holder was not there. It is no try, and no place is taken.</summary>
    public async Task UndeliveredAsync(IReadOnlyList<(Guid Task, int Attempt)> attempts, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var returned = await connection.RequeueAsync(
            [.. attempts.Select(a => new Return(a.Task, a.Attempt, TaskErrorKind.Refused, "It could not be delivered: its agent was not there.", Unstarted: true))],
            TimeSpan.Zero, cancellationToken);
        aftermath.WaitAgain(returned);
    }
}

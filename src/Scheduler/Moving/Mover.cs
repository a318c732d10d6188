using Agents.Contracts.Realtime;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Audit;
using Npgsql;

namespace Agents.Scheduler.Moving;

/// <summary>What a task asks for from now on.</summary>
internal sealed record Target(Guid Task, long Lane, LaneKey Key, string? PostId);

/// <summary>Moves tasks from lane to lane, and tells those who hold them.</summary>
internal sealed class Mover(NpgsqlDataSource postgres, Lanes lanes, Aftermath aftermath, Delivery delivery)
{
    /// <summary>How many of them move, or are about to.</summary>
    /// <param name="deed">Whose deed it is, where a person moves them.</param>
    public async Task<int> MoveAsync(IReadOnlyList<Target> targets, TimeSpan within, string by, string reason, AuditEntry? deed, CancellationToken cancellationToken)
    {
        await lanes.MakeAsync([.. targets.Select(target => target.Key).Where(key => !lanes.TryGet(key, out _))], cancellationToken);
        List<Move> moves = [];
        foreach (var target in targets)
        {
            if (lanes.TryGet(target.Key, out var lane))
            {
                moves.Add(new(target.Task, target.Lane, lane, target.Key.AgentId, target.PostId, target.Key.RequiresJson));
            }
        }

        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var moved = await connection.MoveAsync(moves, within, by, reason, cancellationToken);
        if (moved.Count == 0)
        {
            return 0;
        }

        if (deed is not null)
        {
            await connection.AddAuditAsync(deed, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        foreach (var held in moved.Where(m => m.Holder is not null))
        {
            delivery.Cancel(held.Holder!, held.Task, held.Attempt, (int)within.TotalSeconds, CancelReason.Moved);
        }

        aftermath.AreQueued([.. moved.Where(m => m.IsQueued).Select(m => (m.Lane, m.Rank, m.Task))]);
        aftermath.Happened();
        return moved.Count;
    }
}

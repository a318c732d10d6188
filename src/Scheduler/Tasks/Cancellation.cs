using Agents.Contracts.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Tasks;

/// <summary>C7 of docs/protocol.md: a task ends at once, whatever its state; its program is told to stop.</summary>
internal sealed class Cancellation(NpgsqlDataSource postgres, Aftermath aftermath, Delivery delivery, TimeProvider time, IOptions<WorkOptions> options)
{
    /// <summary>False where it had ended.</summary>
    public async Task<bool> CancelAsync(Guid task, CancelTaskRequest request, Caller by, CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var reason = request.Reason is { Length: > 0 } said ? said : $"Canceled by {by.Id}.";
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var ended = await connection.EndAsync(
            [new(task, null, null, TaskStatus.Canceled, ErrorKind: TaskErrorKind.Canceled, Error: reason, Lingers: true)], options.Value.Lease, cancellationToken);
        if (ended.Count == 0)
        {
            return false;
        }

        await connection.AddAuditAsync(AuditEntry.Of(by, time, "task.canceled", task.ToString(), detail: request.Reason), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        aftermath.HaveEnded(ended, lingers: true);
        foreach (var canceled in ended.Where(e => e.WasHeld))
        {
            delivery.Cancel(canceled.Attempt.Holder, task, canceled.Attempt.Number, request.GraceSeconds ?? CancelTaskRequest.DefaultGrace);
        }

        return true;
    }
}

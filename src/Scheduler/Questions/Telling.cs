using Agents.Contracts.Realtime;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>A person says more to the program that works on a task. It is kept with what the program says, and goes to it at once or not at all.</summary>
internal sealed class Telling(NpgsqlDataSource postgres, Fleet fleet, Aftermath aftermath, Delivery delivery, TimeProvider time)
{
    /// <returns>Null, or why it can't be told.</returns>
    public async Task<string?> TellAsync(RunningTask running, string text, Caller by, CancellationToken cancellationToken)
    {
        if (HolderKey.IsUnreachable(running.Holder))
        {
            return "Its agent works by HTTP, and can't be told anything while it does.";
        }

        if (fleet.InstanceOf(running.Holder) is null)
        {
            return "Whoever works on it is not connected just now.";
        }

        var name = by.Name.Length > 0 ? by.Name : by.Id;
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await connection.TellAsync(running, new(text, by.Id, name), cancellationToken))
        {
            return "It does not run any more.";
        }

        await connection.AddAuditAsync(AuditEntry.Of(by, time, "task.told", running.Task.ToString()), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        delivery.Tell(running.Holder, new TaskMessage(running.Task.ToString(), running.Attempt, text, name));
        aftermath.Happened();
        return null;
    }
}

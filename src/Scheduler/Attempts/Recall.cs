using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>Cancels tasks that nobody needs any more.</summary>
internal sealed class Recall(Aftermath aftermath, Delivery delivery, IOptions<WorkOptions> options)
{
    /// <returns>To be done after the commit: holders are told to stop.</returns>
    public async Task<Action> CancelAsync(NpgsqlConnection connection, IReadOnlyList<Guid> tasks, string why, CancellationToken cancellationToken)
    {
        if (tasks.Count == 0)
        {
            return () => { };
        }

        var canceled = await connection.EndAsync(
            [.. tasks.Select(task => new Ending(task, null, null, TaskStatus.Canceled, ErrorKind: TaskErrorKind.Canceled, Error: why, Lingers: true))],
            options.Value.Lease, cancellationToken);
        return () =>
        {
            aftermath.HaveEnded(canceled, lingers: true);
            foreach (var held in canceled.Where(each => each.WasHeld))
            {
                delivery.Cancel(held.Attempt.Holder, held.Attempt.Task, held.Attempt.Number, CancelTaskRequest.DefaultGrace);
            }
        };
    }
}

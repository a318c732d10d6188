using Agents.Contracts.Scheduler;

namespace Agents.Realtime.Work;

/// <summary>Asks Scheduler what happened to tasks, and does not wait for it without end.</summary>
internal sealed class TaskEventReader(ISchedulerInternal scheduler)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <param name="after">The last page's cursor; null begins now.</param>
    /// <param name="wait">So many seconds where nothing is there yet.</param>
    public async Task<TaskEventPage> AskAsync(string? after, int wait, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerLimit + TimeSpan.FromSeconds(wait));
        return await scheduler.GetEventsAsync(after, wait, limit.Token);
    }
}

namespace Agents.Scheduler.Events;

/// <summary>Wakes who waits for events: some were committed here.</summary>
internal sealed class EventSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>To be taken before a look, so that nothing falls between the look and the wait.</summary>
    public Task Next => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

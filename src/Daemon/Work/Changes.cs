namespace Agents.Daemon.Work;

/// <summary>Wakes who waits for something to be otherwise. Guarded by the lock of who has it.</summary>
internal sealed class Changes
{
    private TaskCompletionSource _next = New();

    /// <summary>To be taken with what it may change.</summary>
    public Task Next => _next.Task;

    public void Raise()
    {
        _next.TrySetResult();
        _next = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

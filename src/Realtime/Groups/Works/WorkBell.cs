namespace Agents.Realtime.Groups.Works;

/// <summary>Rung when somebody was mentioned who may work on it.</summary>
internal sealed class WorkBell
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        lock (_rung)
        {
            if (_rung.CurrentCount == 0)
            {
                _rung.Release();
            }
        }
    }

    /// <summary>Until it rings, or so long.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => _rung.WaitAsync(most, cancellationToken);
}

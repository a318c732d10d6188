namespace Agents.Daemon.Work;

/// <summary>What people say to a program while it works, in its order. It ends only when nothing waits, and then takes nothing any more.</summary>
internal sealed class Inbox
{
    public const int Most = 100;

    private readonly Lock _lock = new();
    private readonly Queue<string> _waiting = new();
    private readonly Changes _changes = new();
    private bool _inHand;
    private bool _isOver;

    /// <summary>Null where it is taken; else why not.</summary>
    public string? Put(string text)
    {
        lock (_lock)
        {
            if (_isOver || _waiting.Count >= Most)
            {
                return _isOver ? "the program has ended its work" : $"{Most} wait already";
            }

            _waiting.Enqueue(text);
            _changes.Raise();
            return null;
        }
    }

    public async ValueTask<string?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_waiting.TryDequeue(out var next))
                {
                    _inHand = true;
                    return next;
                }

                if (_isOver)
                {
                    return null;
                }

                changed = _changes.Next;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public void Given()
    {
        lock (_lock)
        {
            _inHand = false;
        }
    }

    public string? Next()
    {
        lock (_lock)
        {
            return _waiting.TryDequeue(out var next) ? next : null;
        }
    }

    public bool TryEnd()
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 || _inHand)
            {
                return false;
            }

            End();
            return true;
        }
    }

    /// <summary>The attempt is over.</summary>
    /// <returns>What waits, and its program was not given.</returns>
    public IReadOnlyList<string> End()
    {
        lock (_lock)
        {
            _isOver = true;
            _changes.Raise();
            List<string> left = [.. _waiting];
            _waiting.Clear();
            return left;
        }
    }
}

using System.Text.Json;
using Agents.Daemon.Work;

namespace Agents.Daemon.Runners.Codex;

/// <summary>Which turn runs, how each ended, and what is to be said in the next one.</summary>
internal sealed class CodexTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonElement> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _left = new();
    private readonly List<string> _steered = [];
    private readonly Changes _changes = new();

    public string? Running { get; private set; }

    public bool HasLeft
    {
        get
        {
            lock (_lock)
            {
                return _left.Count > 0;
            }
        }
    }

    /// <summary>What the model has not been told yet. A turn that is interrupted forgets what went into it and was not its next step's yet.</summary>
    public IReadOnlyList<string> Untaken()
    {
        lock (_lock)
        {
            return [.. _steered, .. _left];
        }
    }

    public void Begins(string turn)
    {
        lock (_lock)
        {
            Running = turn;
        }
    }

    public void Ends(JsonElement turn)
    {
        lock (_lock)
        {
            Running = null;
            _ended[turn.GetProperty("id").GetString() ?? ""] = turn;
            _changes.Raise();
        }
    }

    /// <summary>For the next turn.</summary>
    public void Leave(string words)
    {
        lock (_lock)
        {
            _left.Enqueue(words);
            _changes.Raise();
        }
    }

    /// <summary>It went into the turn that runs.</summary>
    public void Steered(string words)
    {
        lock (_lock)
        {
            _steered.Add(words);
            _changes.Raise();
        }
    }

    /// <summary>It is part of the conversation.</summary>
    public void Taken(string words)
    {
        lock (_lock)
        {
            _steered.Remove(words);
        }
    }

    public string? Left()
    {
        lock (_lock)
        {
            return _left.TryDequeue(out var words) ? words : null;
        }
    }

    /// <summary>Null where the program has ended before its turn did.</summary>
    public async Task<JsonElement?> EndedAsync(string turn, Task over, CancellationToken cancellationToken)
    {
        while (true)
        {
            var isOver = over.IsCompleted;
            Task changed;
            lock (_lock)
            {
                if (_ended.Remove(turn, out var ended))
                {
                    return ended;
                }

                if (isOver)
                {
                    return null;
                }

                changed = _changes.Next;
            }

            await Task.WhenAny(changed, over).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Until what is in somebody's hands just now has been given, or left.</summary>
    public async Task LeftAsync(CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            changed = _left.Count > 0 ? Task.CompletedTask : _changes.Next;
        }

        await changed.WaitAsync(cancellationToken);
    }
}

using System.Text.Json;

namespace Agents.Daemon.Runners.Codex;

/// <summary>Which turn runs, how each ended, and what is to be said in the next one.</summary>
internal sealed class CodexTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonElement> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _left = new();
    private TaskCompletionSource _changed = New();

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
            Changed();
        }
    }

    /// <summary>For the next turn.</summary>
    public void Leave(string words)
    {
        lock (_lock)
        {
            _left.Enqueue(words);
            Changed();
        }
    }

    /// <summary>It went into the turn that runs.</summary>
    public void Steered()
    {
        lock (_lock)
        {
            Changed();
        }
    }

    public string? Left()
    {
        lock (_lock)
        {
            return _left.TryDequeue(out var words) ? words : null;
        }
    }

    public async Task<JsonElement> EndedAsync(string turn, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_ended.Remove(turn, out var ended))
                {
                    return ended;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Until what is in somebody's hands just now has been given, or left.</summary>
    public async Task LeftAsync(CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            changed = _left.Count > 0 ? Task.CompletedTask : _changed.Task;
        }

        await changed.WaitAsync(cancellationToken);
    }

    private void Changed()
    {
        _changed.TrySetResult();
        _changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

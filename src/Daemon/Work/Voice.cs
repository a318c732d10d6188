using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Link;
using Agents.Daemon.Redaction;
using Agents.Daemon.Runners;

namespace Agents.Daemon.Work;

/// <summary>What a program says while it works, on its way to the server: without secrets, in few pieces, and never in the program's way.</summary>
internal sealed class Voice(TaskAttempt attempt, Redactor redactor, Outbox outbox, Action heard, Action<string> session, TimeProvider time) : IVoice
{
    /// <summary>Ten a second at most.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly ProgressQueue _queue = new();
    private readonly Dictionary<string, RedactedText> _texts = [];
    private readonly SemaphoreSlim _some = new(0, 1);
    private long _seq;

    public void Heard() => heard();

    public string Text(string kind, ReadOnlySpan<char> piece)
    {
        heard();
        lock (_lock)
        {
            return Take(kind, TextOf(kind).Add(piece));
        }
    }

    public string EndOfText(string kind)
    {
        lock (_lock)
        {
            return Take(kind, TextOf(kind).End());
        }
    }

    public void Say(string kind, JsonElement data)
    {
        heard();
        lock (_lock)
        {
            _queue.Add(kind, RedactedJson.Of(data, redactor));
            Wake();
        }
    }

    public void Session(string id) => session(id);

    /// <summary>Until it is cancelled; what is left then goes by <see cref="Finish"/>.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        while (true)
        {
            await _some.WaitAsync(over);
            while (SendNext())
            {
                await Task.Delay(Pause, time, over);
            }
        }
    }

    /// <summary>All that waits, before the result does.</summary>
    public void Finish()
    {
        while (SendNext())
        {
        }
    }

    private bool SendNext()
    {
        TaskProgress progress;
        lock (_lock)
        {
            if (_queue.Next() is not { } piece)
            {
                return false;
            }

            var data = piece.Text is { } text ? JsonSerializer.SerializeToElement(text, DaemonJson.Wire.String) : piece.Data;
            progress = new(attempt.TaskId, attempt.Attempt, ++_seq, piece.Kind, data);
        }

        // Where there is no room for it something older of its kind has gone.
        outbox.TryPut(OutFrame.Of(FrameType.TaskProgress, progress, DaemonJson.Wire.TaskProgress));
        return true;
    }

    private string Take(string kind, string text)
    {
        // The one character that no text of the server may have.
        text = text.Replace('\0', '\uFFFD');
        if (text.Length > 0)
        {
            _queue.Add(kind, text);
            Wake();
        }

        return text;
    }

    private RedactedText TextOf(string kind) => _texts.TryGetValue(kind, out var text) ? text : _texts[kind] = new(redactor);

    private void Wake()
    {
        if (_some.CurrentCount == 0)
        {
            _some.Release();
        }
    }
}

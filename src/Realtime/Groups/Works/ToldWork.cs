using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;

namespace Agents.Realtime.Groups.Works;

/// <summary>Work that goes on, and what is to be told of it next: a group is told now and then, not of each word. Pure.</summary>
internal sealed class ToldWork(GroupWork work, DateTimeOffset now)
{
    private const int MostText = 1_000;

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    private readonly StringBuilder _text = new();
    private DateTimeOffset _told = now;
    private string? _state;
    private long _number;

    public GroupWork Work => work;

    /// <summary>It is over, and how has to be asked for.</summary>
    public bool HasEnded { get; private set; }

    public void Happened(TaskEventView happened)
    {
        _number = happened.Number;
        if (happened.Status is { } status)
        {
            HasEnded = TaskStatus.IsEnd(status);
            _state = status switch
            {
                TaskStatus.Waiting => "Waits for an answer.",
                TaskStatus.Queued when happened.Attempt > 0 => "Was interrupted, and begins again.",
                _ => _state,
            };
        }
        else if (happened is { Kind: "text", Data: { ValueKind: JsonValueKind.String } said })
        {
            _text.Append(said.GetString());
            if (_text.Length > 2 * MostText)
            {
                _text.Remove(0, _text.Length - MostText);
            }
        }
    }

    /// <summary>Null: nothing just now.</summary>
    public (long Number, string Text)? Next(DateTimeOffset at)
    {
        if (_state is null && (_text.Length == 0 || at - _told < Every))
        {
            return null;
        }

        var text = _state ?? _text.ToString().Trim().Tail(MostText, "… ");
        _text.Clear();
        _state = null;
        _told = at;
        return (_number, text);
    }
}

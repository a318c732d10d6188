using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Codex;

/// <summary>What the app-server says of its work, as it is told.</summary>
internal sealed class CodexStream(IVoice voice)
{
    private readonly HashSet<string> _streamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _running = new(StringComparer.Ordinal);
    private UsageCount? _before;
    private string? _speaks;

    public UsageCount Usage { get; private set; } = UsageCount.None;

    /// <summary>The last thing that it said to its user in this turn.</summary>
    public string? Text { get; private set; }

    public bool UsedTools { get; private set; }

    /// <summary>When its provider's limit opens again.</summary>
    public DateTimeOffset? Opens { get; private set; }

    public void TurnBegins() => Text = null;

    /// <summary>What it does just now, by its id.</summary>
    public JsonElement? Running(string item)
    {
        lock (_running)
        {
            return _running.TryGetValue(item, out var found) ? found : null;
        }
    }

    public void Take(string method, JsonElement said)
    {
        switch (method)
        {
            case "item/agentMessage/delta":
                Speak("text", said);
                break;
            case "item/reasoning/summaryTextDelta" or "item/reasoning/textDelta":
                Speak("thinking", said);
                break;
            case "item/started" when said.At("item") is { } item:
                CodexItems.Started(item, voice, ref _speaks);
                Remember(item);
                break;
            case "item/completed" when said.At("item") is { } item:
                Completed(item);
                break;
            case "thread/tokenUsage/updated" when said.At("tokenUsage") is { } usage:
                Count(usage);
                break;
            case "account/rateLimits/updated" when said.At("rateLimits") is { } limits:
                Limits(limits);
                break;
            case "error" when said.At("error") is { } error:
                voice.Say("status", new JsonObject { ["state"] = said.IsTrueAt("willRetry") ? "retrying" : "failed", ["error"] = error.TextAt("message") }.Element());
                break;
            case "warning" when said.TextAt("message") is { } warning:
                voice.Text("log", warning + "\n");
                voice.EndOfText("log");
                break;
        }
    }

    private void Remember(JsonElement item)
    {
        lock (_running)
        {
            _running[item.TextAt("id") ?? ""] = item;
        }
    }

    private void Completed(JsonElement item)
    {
        lock (_running)
        {
            _running.Remove(item.TextAt("id") ?? "");
        }

        var kind = CodexItems.Speech(item.TextAt("type"));
        if (kind is null)
        {
            UsedTools |= CodexItems.Completed(item, voice);
            return;
        }

        var whole = CodexItems.WordsOf(item);
        if (kind is "text" && whole is { Length: > 0 })
        {
            Text = whole;
        }

        if (!_streamed.Remove(item.TextAt("id") ?? ""))
        {
            voice.Text(kind, whole ?? "");
        }

        if (whole is { Length: > 0 })
        {
            voice.Text(kind, "\n");
        }

        voice.EndOfText(kind);
        _speaks = null;
    }

    private void Speak(string kind, JsonElement said)
    {
        if (said.TextAt("delta") is { } delta)
        {
            _streamed.Add(said.TextAt("itemId") ?? "");
            _speaks = kind;
            voice.Text(kind, delta);
        }
    }

    /// <summary>What the conversation had used before this task began is not this task's.</summary>
    private void Count(JsonElement usage)
    {
        var total = Of(usage.At("total") ?? default);
        _before ??= Less(total, Of(usage.At("last") ?? default));
        Usage = Less(total, _before);
        if (Usage.Json is { } said)
        {
            voice.Say("usage", said);
        }
    }

    private void Limits(JsonElement limits)
    {
        foreach (var name in new[] { "primary", "secondary" })
        {
            if (limits.FractionAt(name, "usedPercent") >= 100 && limits.NumberAt(name, "resetsAt") is { } at)
            {
                Opens = DateTimeOffset.FromUnixTimeSeconds(at);
            }
        }
    }

    private static UsageCount Of(JsonElement usage) =>
        new(usage.NumberAt("inputTokens") ?? 0, usage.NumberAt("outputTokens") ?? 0, usage.NumberAt("cachedInputTokens") ?? 0, null);

    private static UsageCount Less(UsageCount a, UsageCount b) => new(a.Input - b.Input, a.Output - b.Output, a.Cached - b.Cached, null);
}

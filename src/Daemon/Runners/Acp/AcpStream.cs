using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Acp;

/// <summary>What an ACP program says of its work, as it is told. Its turns add up.</summary>
internal sealed class AcpStream(IVoice voice)
{
    private const int MostTools = 10_000;

    private readonly Dictionary<string, string> _tools = new(StringComparer.Ordinal);
    private KeptOutput _text = new();
    private UsageCount _turns = UsageCount.None;
    private double? _costBefore;
    private double? _cost;
    private string? _speaks;

    /// <summary>It tells again what was said before this task: nobody needs to hear it.</summary>
    public bool IsReplaying { get; set; }

    /// <summary>What it said in its last turn.</summary>
    public string Text => _text.ToString();

    public bool UsedTools { get; private set; }

    /// <summary>A conversation's cost is told as a whole; what it had cost before is not this task's.</summary>
    public UsageCount Usage => _turns with { Cost = _cost is { } now ? Math.Max(0, now - (_costBefore ?? 0)) : null };

    public string? ToolOf(string call) => _tools.GetValueOrDefault(call);

    public void TurnBegins() => _text = new();

    /// <summary>The usage of a turn, which comes with its end.</summary>
    public void TurnEnds(JsonElement? usage)
    {
        Silent();
        if (usage is { } used)
        {
            var cached = used.NumberAt("cachedReadTokens") ?? 0;
            _turns += new UsageCount((used.NumberAt("inputTokens") ?? 0) + cached + (used.NumberAt("cachedWriteTokens") ?? 0), used.NumberAt("outputTokens") ?? 0, cached, null);
        }

        TellUsage();
    }

    public void Take(JsonElement update)
    {
        var kind = update.TextAt("sessionUpdate");
        if (kind is "usage_update")
        {
            if (update.FractionAt("cost", "amount") is { } cost)
            {
                if (IsReplaying)
                {
                    _costBefore = cost;
                }
                else
                {
                    _cost = cost;
                }
            }
        }
        else if (IsReplaying)
        {
            return;
        }

        switch (kind)
        {
            case "agent_message_chunk" when update.TextAt("content", "text") is { } text:
                Speak("text", text);
                break;
            case "agent_thought_chunk" when update.TextAt("content", "text") is { } thought:
                Speak("thinking", thought);
                break;
            case "tool_call" or "tool_call_update":
                Tool(update);
                break;
            case "plan":
                voice.Say("status", new JsonObject { ["state"] = "plan", ["entries"] = (update.At("entries") ?? default).Node() }.Element());
                break;
            case "usage_update":
                TellUsage();
                break;
        }
    }

    private void Tool(JsonElement update)
    {
        Silent();
        UsedTools = true;
        var id = update.TextAt("toolCallId") ?? "";
        var isNew = !_tools.ContainsKey(id);
        if (isNew && _tools.Count < MostTools)
        {
            // Later titles say what it does, the first one what it is.
            _tools[id] = update.TextAt("title") ?? update.TextAt("kind") ?? "tool";
        }

        var status = update.TextAt("status");
        if (isNew || status is "completed" or "failed")
        {
            voice.Say("tool", new JsonObject
            {
                ["id"] = id,
                ["name"] = ToolOf(id),
                ["title"] = update.TextAt("title"),
                ["kind"] = update.TextAt("kind"),
                ["status"] = status switch { "completed" => "done", "failed" => "failed", _ => "started" },
                ["input"] = (update.At("rawInput") ?? default).Node(),
                ["output"] = status is "completed" or "failed" ? Output(update) : null,
            }.Element());
        }
    }

    private static string? Output(JsonElement update) =>
        Shortened.Of(string.Join('\n', update.ListAt("content").Select(part => part.TextAt("content", "text")).OfType<string>())) is { Length: > 0 } text
            ? text : Shortened.Of(update.At("rawOutput"));

    private void Speak(string kind, string text)
    {
        if (_speaks is not null && _speaks != kind)
        {
            Silent();
        }

        _speaks = kind;
        var said = voice.Text(kind, text);
        if (kind is "text")
        {
            _text.Add(said);
        }
    }

    private void Silent()
    {
        if (_speaks is { } kind)
        {
            _speaks = null;
            var rest = voice.EndOfText(kind);
            if (kind is "text")
            {
                _text.Add(rest);
            }
        }
    }

    private void TellUsage()
    {
        if (Usage.Json is { } usage)
        {
            voice.Say("usage", usage);
        }
    }
}

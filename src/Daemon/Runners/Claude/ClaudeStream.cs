using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Claude;

/// <summary>What claude's lines say of its work, as it is told.</summary>
internal sealed class ClaudeStream(IVoice voice)
{
    private readonly ClaudeUsage _usage = new();
    private readonly HashSet<string> _streamed = new(StringComparer.Ordinal);
    private string? _speaks;

    public string? SessionId { get; private set; }

    public UsageCount Usage => _usage.Sum;

    public bool UsedTools { get; private set; }

    /// <summary>Its last word on all that it was told; another one may follow.</summary>
    public JsonElement? Result { get; private set; }

    /// <summary>When its provider's limit opens again.</summary>
    public DateTimeOffset? Opens { get; private set; }

    /// <summary>It has a conversation; else it did not come so far.</summary>
    public bool HasBegun { get; private set; }

    public void Take(JsonElement line)
    {
        switch (line.TextAt("type"))
        {
            case "system":
                System(line);
                break;
            case "stream_event" when line.At("parent_tool_use_id") is null && line.At("event") is { } piece:
                Piece(piece);
                break;
            case "assistant":
                Assistant(line);
                break;
            case "user" when !line.IsTrueAt("isReplay"):
                ToolResults(line);
                break;
            case "rate_limit_event" when line.TextAt("rate_limit_info", "status") is "rejected" && line.NumberAt("rate_limit_info", "resetsAt") is { } at:
                Opens = DateTimeOffset.FromUnixTimeSeconds(at);
                break;
            case "result":
                Result = line;
                _usage.Ends(line);
                TellUsage();
                voice.EndOfText("text");
                break;
        }
    }

    private void System(JsonElement line)
    {
        switch (line.TextAt("subtype"))
        {
            case "init" when line.TextAt("session_id") is { } session:
                HasBegun = true;
                SessionId = session;
                voice.Session(session);
                break;
            case "api_retry":
                voice.Say("status", new JsonObject
                {
                    ["state"] = "retrying",
                    ["attempt"] = line.NumberAt("attempt"),
                    ["http_status"] = line.NumberAt("error_status"),
                    ["error"] = line.TextAt("error"),
                }.Element());
                break;
            case "compact_boundary":
                voice.Say("status", new JsonObject { ["state"] = "compacted" }.Element());
                break;
        }
    }

    private void Piece(JsonElement piece)
    {
        switch (piece.TextAt("type"))
        {
            case "message_start":
                if (piece.TextAt("message", "id") is { } id)
                {
                    _streamed.Add(id);
                }

                _usage.Begins(piece.At("message", "usage") ?? default);
                break;
            case "message_delta":
                _usage.Grows(piece.At("usage") ?? default);
                TellUsage();
                break;
            case "content_block_delta" when piece.TextAt("delta", "text") is { } text:
                Speak("text", text);
                break;
            case "content_block_delta" when piece.TextAt("delta", "thinking") is { } thought:
                Speak("thinking", thought);
                break;
            case "content_block_stop" when _speaks is { } kind:
                Speak(kind, "\n");
                voice.EndOfText(kind);
                _speaks = null;
                break;
        }
    }

    private void Assistant(JsonElement line)
    {
        // What came in pieces comes again as a whole.
        var isNew = line.TextAt("message", "id") is not { } id || !_streamed.Contains(id);
        if (isNew && line.At("message", "usage") is { } usage && line.TextAt("message", "model") is not "<synthetic>")
        {
            _usage.Begins(usage);
        }

        foreach (var part in line.ListAt("message", "content"))
        {
            switch (part.TextAt("type"))
            {
                case "tool_use":
                    UsedTools = true;
                    voice.Say("tool", new JsonObject
                    {
                        ["id"] = part.TextAt("id"),
                        ["name"] = part.TextAt("name"),
                        ["status"] = "started",
                        ["input"] = (part.At("input") ?? default).Node(),
                    }.Element());
                    break;
                case "text" when isNew && line.At("parent_tool_use_id") is null && part.TextAt("text") is { } text:
                    Speak("text", text + "\n");
                    voice.EndOfText("text");
                    _speaks = null;
                    break;
            }
        }
    }

    private void ToolResults(JsonElement line)
    {
        foreach (var part in line.ListAt("message", "content").Where(part => part.TextAt("type") is "tool_result"))
        {
            voice.Say("tool", new JsonObject
            {
                ["id"] = part.TextAt("tool_use_id"),
                ["status"] = part.IsTrueAt("is_error") ? "failed" : "done",
                ["output"] = Shortened.Of(part.At("content")),
            }.Element());
        }
    }

    private void Speak(string kind, string text)
    {
        _speaks = kind;
        voice.Text(kind, text);
    }

    private void TellUsage()
    {
        if (Usage.Json is { } usage)
        {
            voice.Say("usage", usage);
        }
    }
}

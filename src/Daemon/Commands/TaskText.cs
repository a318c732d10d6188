using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Daemon.Commands;

/// <summary>What happens to a task, in a line for a person. Pure.</summary>
internal static class TaskText
{
    /// <summary>What an agent wrote, as it is; it comes in crumbs.</summary>
    public static string? Crumb(TaskEventView e) => e is { Kind: "text", Data: { ValueKind: JsonValueKind.String } text } ? Shown(text.GetString()!) : null;

    /// <summary>Null where there is nothing to say of it.</summary>
    public static string? Line(string task, TaskEventView e) => e.Kind switch
    {
        "state" => $"[{e.Status}{(e.AgentId is { } agent ? $" {agent}" : "")}{(Text(e.Data, "message") is { } why ? $": {why}" : "")}]",
        "log" or "status" => Words(e.Data)?.TrimEnd() is { Length: > 0 } said ? $"[{said}]" : null,
        "tool" => $"[tool {Text(e.Data, "name") ?? Text(e.Data, "title") ?? Words(e.Data) ?? "?"}]",
        EventKind.Question => $"[asks: {Text(e.Data, "title")} ({string.Join(", ", Options(e.Data))}) 'ccc answer {task}' answers]",
        EventKind.Answer => $"[{Text(e.Data, "name") ?? Text(e.Data, "by")}: {Chosen(e.Data)}]",
        EventKind.Message => $"[{Text(e.Data, "name") ?? Text(e.Data, "from")}: {Text(e.Data, "text")}]",
        _ => null,
    } is { } line ? Shown(line) : null;

    /// <summary>What came out of it.</summary>
    public static string? Result(TaskView task) => task.Result switch
    {
        { ValueKind: JsonValueKind.String } text => Shown(text.GetString()!),
        { ValueKind: JsonValueKind.Object } fields when Text(fields, "text") is { } said => Shown(said),
        { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } other => other.GetRawText(),
        _ => null,
    };

    /// <summary>An agent's words must not steer the terminal.</summary>
    public static string Shown(string text) => string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t'));

    private static string? Words(JsonElement? data) =>
        data is { ValueKind: JsonValueKind.String } text ? text.GetString() : Text(data, "text") ?? Text(data, "message");

    private static string? Text(JsonElement? data, string field) =>
        data is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(field, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private static IEnumerable<string?> Options(JsonElement? data) =>
        data is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty("options", out var options) && options.ValueKind is JsonValueKind.Array
            ? options.EnumerateArray().Select(option => option.ToString())
            : [];

    private static string Chosen(JsonElement? data) =>
        data is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty("allow", out var allow) && allow.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? allow.ValueKind is JsonValueKind.True ? "allowed" : "denied"
            : Text(data, "option") ?? Text(data, "text") ?? "no answer";
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Mcp.Tools;

/// <summary>What a model said with a call. What is not as it was asked for is told by its name.</summary>
internal sealed class ToolArguments(IDictionary<string, JsonElement>? given)
{
    public string Text(string name, int most) => OptionalText(name, most) ?? throw new ToolFault($"{name} is required, and is a text that is not empty.");

    public string? OptionalText(string name, int most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } said =>
            said.Length <= most ? said : throw new ToolFault($"{name} is longer than {most} characters."),
        { ValueKind: JsonValueKind.String } => null,
        _ => throw new ToolFault($"{name} must be a text."),
    };

    public int? OptionalNumber(string name, int least, int most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) && value >= least && value <= most => value,
        _ => throw new ToolFault($"{name} must be a whole number from {least} to {most}."),
    };

    public bool OptionalFlag(string name, bool otherwise) => Find(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new ToolFault($"{name} must be true or false."),
    };

    public IReadOnlyList<string> Texts(string name, int most, int longest) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() <= most && list.EnumerateArray().All(each => each.ValueKind is JsonValueKind.String && each.GetString()!.Length <= longest) =>
            [.. list.EnumerateArray().Select(each => each.GetString()!)],
        _ => throw new ToolFault($"{name} must be a list of at most {most} texts of at most {longest} characters."),
    };

    /// <summary>All of it, for a person.</summary>
    public string Json => new JsonObject((given ?? new Dictionary<string, JsonElement>()).Select(each => KeyValuePair.Create(each.Key, each.Value.Node()))).ToJsonString();

    public JsonElement? Any(string name) => Find(name);

    private JsonElement? Find(string name) =>
        given is not null && given.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;
}

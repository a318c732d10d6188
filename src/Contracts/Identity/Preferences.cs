using System.Text.Json;

namespace Agents.Contracts.Identity;

/// <summary>What a person's programs keep for him, such as the filters of a list: any JSON under a name. Nobody else reads it.</summary>
public sealed record PreferenceView(string Name, JsonElement Value, DateTimeOffset UpdatedAt);

public sealed record KeepPreferenceRequest(JsonElement Value) : IValidated
{
    public const int MaxLength = 16 * 1024;

    public void Validate(Problems problems)
    {
        if (Value.ValueKind is JsonValueKind.Undefined)
        {
            problems.Add("value", "is required");
        }
        else if (Value.GetRawText().Length > MaxLength)
        {
            problems.Add("value", $"must have at most {MaxLength} characters");
        }
    }
}

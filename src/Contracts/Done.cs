using System.Text.Json.Serialization;

namespace Agents.Contracts;

public sealed record Updated(bool Done = true)
{
    [JsonPropertyName("updated")]
    public bool Done { get; init; } = Done;
}

public sealed record Deleted(bool Done = true)
{
    [JsonPropertyName("deleted")]
    public bool Done { get; init; } = Done;
}

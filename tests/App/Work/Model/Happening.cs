using System.Text.Json;

namespace Agents.Tests.App.Work.Model;

/// <summary>One event of a task, as the API tells it.</summary>
internal sealed record Happening(long Number, string Kind, string? Status, int Attempt, string? AgentId, DateTimeOffset At, JsonElement Data)
{
    /// <summary>Why it went badly, where it did.</summary>
    public string? FaultKind => Field("kind");

    public string? Message => Field("message");

    /// <summary>It was marked, or put into another lane: nothing else about it changed.</summary>
    public bool IsMoved => Kind == "state" && Data.ValueKind is JsonValueKind.Object && Data.TryGetProperty("moved", out _);

    public static Happening Of(JsonElement e) => new(
        e.GetProperty("number").GetInt64(), e.GetProperty("kind").GetString()!, e.GetProperty("status").GetString(), e.GetProperty("attempt").GetInt32(),
        e.GetProperty("agent_id").GetString(), e.GetProperty("at").GetDateTimeOffset(), e.GetProperty("data"));

    public override string ToString() => $"{Number} {Status ?? Kind} attempt {Attempt} {FaultKind} {Message} at {At:mm:ss.fff}";

    private string? Field(string name) =>
        Kind == "state" && Data.ValueKind is JsonValueKind.Object && Data.TryGetProperty(name, out var value) ? value.GetString() : null;
}

using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Groups.Log;

namespace Agents.Realtime.Groups.Works;

/// <summary>What was said to an agent, as a task for it. Pure.</summary>
internal static class WorkRequest
{
    public const string Type = "mention";
    public const int MostBefore = 20;

    private const int LongestBefore = 2_000;

    /// <param name="before">What was said in the thread up to it.</param>
    /// <param name="sessionId">The conversation that the agent has had over this thread.</param>
    public static SubmitTaskRequest Of(Group group, LogEntry said, string agentId, IReadOnlyList<LogEntry> before, string? sessionId) => new(
        AgentId: agentId,
        Type: Type,
        Prompt: said.Content,
        Input: JsonSerializer.SerializeToElement(
            new Input(new(group.Id, group.Name), said.Id, said.AuthorName, [.. before.Select(entry => new Before(entry.AuthorName, entry.Content.Cut(LongestBefore, "…")))]), WireJson.Options),
        DedupKey: $"mention:{said.Id}:{agentId}",
        SessionId: sessionId,
        Labels: new Dictionary<string, string> { ["group"] = group.Id, ["thread"] = (said.Thread ?? said.Id).ToString() });

    private sealed record Input(Place Group, Guid MessageId, string From, IReadOnlyList<Before> Before);

    private sealed record Place(string Id, string Name);

    private sealed record Before(string From, string Content);
}

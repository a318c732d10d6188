using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Agents.Contracts.Scheduler;

/// <summary>Who works on a task hands a part of it to another agent, or to any of a post. The new task is the same owner's.</summary>
/// <param name="Attempt">The one that hands on; it has to be the one that runs.</param>
/// <param name="Timeout">Seconds that one attempt may take.</param>
/// <param name="DedupKey">Said again under the same key, because the answer was lost, it is handed over once.</param>
public sealed record HandOverRequest(
    int? Attempt = null, string? AgentId = null, string? PostId = null, string? Prompt = null, JsonElement? Input = null, int? Timeout = null, string? DedupKey = null) : IValidated
{
    public void Validate(Problems problems)
    {
        if (Attempt is not >= 1)
        {
            problems.Add("attempt", "is required: the number of the attempt that hands on");
        }

        if (AgentId is null == PostId is null)
        {
            problems.Add("agent_id", "is required, or post_id, and not both");
        }

        if (string.IsNullOrWhiteSpace(Prompt))
        {
            problems.Add("prompt", "is required: what is to be done");
        }
    }
}

/// <param name="Depth">How often it was handed on since somebody submitted it: 1 is the first time.</param>
/// <param name="Left">So many more may be handed over by this task.</param>
/// <param name="Note">Why it does not begin at once, where that is known.</param>
public sealed record HandedOver(string TaskId, string Status, int Depth, int Left, [property: JsonIgnore(Condition = WhenWritingNull)] string? Note = null);

/// <summary>Work that was handed over, as who handed it over sees it.</summary>
/// <param name="Standing">Why it stands where it stands, as long as it has not ended.</param>
/// <param name="ResultRef">The result is longer than what stands here.</param>
public sealed record HandoverView(
    string TaskId, string Status, string? AgentId, string? PostId, string? Prompt, DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Standing = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Result = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] ContentRef? ResultRef = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] TaskFault? Error = null);

/// <summary>An agent that work may be handed to: one that the task's owner may use.</summary>
/// <param name="Running">Tasks that it has just now, of <paramref name="Places"/>.</param>
/// <param name="Self">It is who asks.</param>
/// <param name="Refused">Why work that is handed to it now would be refused.</param>
public sealed record Colleague(
    string AgentId, string Name, string Role, string? PostId, IReadOnlyList<string> Capabilities, bool Online, int Running, int Places,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool Self = false,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Refused = null);

using System.Text.Json.Serialization;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Agents.Realtime.Dialects;

/// <summary><c>register</c>: which agent this connection is.</summary>
internal sealed record RegisterFlat(FlatAgentIn Agent) : IValidated
{
    public void Validate(Problems problems)
    {
        var wrong = new Problems();
        Agent.ToRequest().Validate(wrong);
        foreach (var (field, text) in wrong.ToErrors().Errors)
        {
            problems.Add($"agent.{field}", text[0]);
        }

        // They are signed line by line: what has several lines could be read in two ways.
        if ($"{Agent.Name}{Agent.Role}".Contains('\n'))
        {
            problems.Add("agent.name", "and role must be one line each");
        }
    }
}

/// <param name="AcceptTasks">Left out: where it names capabilities.</param>
internal sealed record FlatAgentIn(
    string Id, string? Name = null, string? Role = null, string? Type = null, IReadOnlyList<string>? Capabilities = null, int? Concurrency = null,
    bool? AcceptTasks = null)
{
    public bool TakesTasks => AcceptTasks ?? Capabilities is { Count: > 0 };

    public RegisterAgentRequest ToRequest() => new(Id, Name, Role, Type, Capabilities, Concurrency);
}

/// <summary><c>heartbeat</c> of the server, which is answered in kind.</summary>
/// <param name="Ts">The clock that signatures are held against.</param>
internal sealed record FlatHeartbeat(int Interval, long Ts);

/// <summary><c>agent_list</c>: who is there, and later who changed.</summary>
/// <param name="More">The next one goes on with the same list.</param>
/// <param name="Changes">All others are as they were.</param>
internal sealed record FlatAgentList(
    IReadOnlyList<FlatAgent> Agents,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool More = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool Changes = false)
{
    public static FlatAgentList Of(AgentList list) => new([.. list.Agents.Select(FlatAgent.Of)], list.More);
}

internal sealed record FlatAgent(
    string Id, string Name, string Role, bool Online, string Status, string Type, string? DeviceId, string? PostId, IReadOnlyList<string> Capabilities,
    IReadOnlyList<string> Tags, int Concurrency)
{
    public static FlatAgent Of(ListedAgent agent) => new(
        agent.Id, agent.Name, agent.Role, agent.Status is not PresenceStatus.Offline, agent.Status, agent.Type, agent.DeviceId, agent.PostId,
        agent.Capabilities, agent.Tags, agent.Concurrency);
}

/// <summary><c>task_assigned</c>.</summary>
internal sealed record FlatTask(TaskOrder Task);

/// <summary><c>task_update</c>: what became of a result or an error, or that the work is to end.</summary>
/// <param name="Status"><c>stored</c>, <c>refused</c> (see <see cref="AckReason"/>) or <c>canceled</c> (see <see cref="CancelReason"/>).</param>
internal sealed record FlatTaskUpdate(
    string TaskId, int Attempt, string Status,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] int? GraceSeconds = null)
{
    public static FlatTaskUpdate Of(TaskAck ack) => new(ack.TaskId, ack.Attempt, ack.Accepted ? "stored" : "refused", ack.Reason);

    public static FlatTaskUpdate Of(TaskCancel cancel) => new(cancel.TaskId, cancel.Attempt, "canceled", cancel.Reason, cancel.GraceSeconds);
}

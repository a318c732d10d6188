using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Events;

/// <summary>A task's attempts, read from its states. Pure.</summary>
internal static class AttemptHistory
{
    public static IReadOnlyList<AttemptView> Of(IEnumerable<TaskEventView> states)
    {
        List<AttemptView> attempts = [];
        foreach (var state in states)
        {
            if (state.Status is TaskStatus.Assigned)
            {
                attempts.Add(new(state.Attempt, state.AgentId, state.DeviceId, state.At, null, null, TaskStatus.Assigned, null));
            }
            else if (attempts is [.., var last] && last.Attempt == state.Attempt)
            {
                attempts[^1] = state.Status is TaskStatus.Running
                    ? last with { StartedAt = last.StartedAt ?? state.At, EndedAt = null, Status = TaskStatus.Running, Error = null }
                    : last with { EndedAt = state.At, Status = TaskStatus.IsEnd(state.Status!) ? state.Status! : TaskStatus.Failed, Error = FaultOf(state.Data) };
            }
        }

        return attempts;
    }

    private static TaskFault? FaultOf(JsonElement? data) =>
        data is { ValueKind: JsonValueKind.Object } fault && fault.TryGetProperty("kind", out var kind) && fault.TryGetProperty("message", out var message)
            ? new(kind.GetString() ?? "", message.GetString() ?? "")
            : null;
}

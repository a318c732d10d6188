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
                attempts[^1] = After(last, state);
            }
        }

        return attempts;
    }

    private static AttemptView After(AttemptView last, TaskEventView state) => state.Status switch
    {
        TaskStatus.Running or TaskStatus.Waiting => last with { StartedAt = last.StartedAt ?? state.At, EndedAt = null, Status = state.Status, Error = null },
        // It is over, and what happens to the task until the next one is none of its own; only its result still counts.
        not TaskStatus.Done when last.EndedAt is not null => last,
        _ => last with { EndedAt = state.At, Status = TaskStatus.IsEnd(state.Status!) ? state.Status! : TaskStatus.Failed, Error = FaultOf(state.Data) },
    };

    private static TaskFault? FaultOf(JsonElement? data) =>
        data is { ValueKind: JsonValueKind.Object } fault && fault.TryGetProperty("kind", out var kind) && fault.TryGetProperty("message", out var message)
            ? new(kind.GetString() ?? "", message.GetString() ?? "")
            : null;
}

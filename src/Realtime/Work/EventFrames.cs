using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;

namespace Agents.Realtime.Work;

/// <summary>What happened to a task, as a person's socket is told it. Pure.</summary>
internal static class EventFrames
{
    public static object Of(TaskEventItem item)
    {
        var (e, data) = (item.Event, item.Event.Data);
        return e switch
        {
            { Status: { } status } => new TaskStatePayload(item.TaskId, e.EventId, status, e.Attempt, e.AgentId, e.At, e.Number, Error: FaultOf(e)),
            { Kind: EventKind.Question } when Read<AskedQuestion>(data) is { } asked => new TaskQuestionPayload(
                item.TaskId, e.EventId, e.Number, e.Attempt, e.AgentId, e.At, asked.QuestionId, asked.Kind, asked.Title, asked.Detail, asked.Options, asked.Default, asked.ExpiresAt),
            { Kind: EventKind.Answer } when Read<AnswerTold>(data) is { } told => new TaskAnswerPayload(
                item.TaskId, e.EventId, e.Number, e.Attempt, e.AgentId, e.At, told.QuestionId, told.Allow, told.Option, told.Text, told.By, told.Name),
            { Kind: EventKind.Message } when Read<MessageTold>(data) is { } said => new TaskMessagePayload(
                item.TaskId, e.EventId, e.Number, e.Attempt, e.AgentId, e.At, said.Text, said.From, said.Name),
            _ => new TaskProgressPayload(item.TaskId, e.EventId, e.Number, e.Attempt, e.AgentId, e.Kind, e.Data, e.Percent, e.At),
        };
    }

    private static T? Read<T>(JsonElement? data)
        where T : class => data?.Deserialize<T>(WireJson.Options);

    private static TaskFault? FaultOf(TaskEventView e) =>
        e.Data is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("kind", out var kind) && data.TryGetProperty("message", out var message)
            ? new(kind.GetString() ?? "", message.GetString() ?? "")
            : null;
}

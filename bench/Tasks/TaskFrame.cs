using System.Text;
using System.Text.Json;
using Agents.Contracts.Realtime;

namespace Agents.Bench.Tasks;

/// <summary>As much of a frame about a task as is of interest here.</summary>
/// <param name="Type">Null where it is about something else.</param>
/// <param name="Accepted">Of an acknowledgement.</param>
/// <param name="IsDone">Of a state.</param>
internal readonly record struct TaskFrame(string? Type, Guid Task, int Attempt, bool Accepted, bool IsDone)
{
    private static readonly string[] Types = [FrameType.TaskSubmit, FrameType.TaskAck, FrameType.TaskCancel, FrameType.TaskState];

    public static TaskFrame Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var frame = default(TaskFrame);
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth > 2 || !IsWanted(ref reader, out var field))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            frame = field switch
            {
                Field.Type => frame with { Type = TypeOf(ref reader) },
                Field.Task => frame with { Task = reader.GetGuid() },
                Field.Attempt => frame with { Attempt = reader.GetInt32() },
                Field.Accepted => frame with { Accepted = reader.GetBoolean() },
                Field.Status => frame with { IsDone = reader.ValueTextEquals("done"u8) },
                _ => frame,
            };
        }

        return frame;
    }

    public static byte[] Accept(Guid task, int attempt) => Of(FrameType.TaskAccept, $$"""{"task_id":"{{task}}","attempt":{{attempt}}}""");

    public static byte[] Result(Guid task, int attempt) =>
        Of(FrameType.TaskResult, $$$"""{"task_id":"{{{task}}}","attempt":{{{attempt}}},"result":{"text":"Nothing was done."}}""");

    public static byte[] Stopped(Guid task, int attempt) =>
        Of(FrameType.TaskError, $$"""{"task_id":"{{task}}","attempt":{{attempt}},"error":"stopped","kind":"canceled","retryable":false}""");

    public static byte[] Running(IEnumerable<KeyValuePair<Guid, int>> attempts)
    {
        var named = attempts.Select(a => $$"""{"task_id":"{{a.Key}}","attempt":{{a.Value}}}""");
        return Of(FrameType.Heartbeat, $$"""{"running":[{{string.Join(',', named)}}]}""");
    }

    private static byte[] Of(string type, string payload) => Devices.ClientFrames.Text(Encoding.UTF8.GetBytes(
        $$"""{"id":"{{Guid.NewGuid()}}","type":"{{type}}","ts":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}},"payload":{{payload}}}"""));

    private static string? TypeOf(ref Utf8JsonReader reader)
    {
        foreach (var type in Types)
        {
            if (reader.ValueTextEquals(type))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The type is the frame's, the rest stands in its payload, where a task has a type too.</summary>
    private static bool IsWanted(ref Utf8JsonReader reader, out Field field)
    {
        field = reader.CurrentDepth == 1
            ? reader.ValueTextEquals("type"u8) ? Field.Type : reader.ValueTextEquals("payload"u8) ? Field.Payload : Field.None
            : reader.ValueTextEquals("task_id"u8) ? Field.Task
            : reader.ValueTextEquals("attempt"u8) ? Field.Attempt
            : reader.ValueTextEquals("accepted"u8) ? Field.Accepted
            : reader.ValueTextEquals("status"u8) ? Field.Status
            : Field.None;
        return field is not Field.None;
    }

    private enum Field
    {
        None,
        Type,
        Payload,
        Task,
        Attempt,
        Accepted,
        Status,
    }
}

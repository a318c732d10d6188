using System.Text;
using System.Text.Json;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Scheduler;

namespace Agents.Realtime.Groups.Works;

/// <summary>What a task came to, as something that is said. Pure.</summary>
internal static class ResultText
{
    /// <summary>Beside it there has to be room for where the rest is.</summary>
    private const int Most = SaidText.MaxBytes - 512;

    public static string Of(TaskStanding task)
    {
        var text = TextOf(task.Result);
        var whole = task.ResultRef is null && Encoding.UTF8.GetByteCount(text) <= Most;
        return whole ? text : $"{Cut(text)}\n\n… all of it is the result of task {task.TaskId}";
    }

    private static string TextOf(JsonElement? result) => result switch
    {
        { ValueKind: JsonValueKind.String } text when !string.IsNullOrWhiteSpace(text.GetString()) => text.GetString()!,
        { ValueKind: JsonValueKind.Object } json when json.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString()) =>
            text.GetString()!,
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.String } => "Done.",
        { } json => $"```json\n{json.GetRawText()}\n```",
    };

    private static string Cut(string text)
    {
        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > Most)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}

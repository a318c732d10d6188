using System.Globalization;
using System.Text.Json;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Sessions;

/// <summary>Makes messages of what was said. Pure.</summary>
internal static class Messages
{
    private const int MostJoined = 256 * 1024;

    public static IReadOnlyList<SessionMessage> Of(IEnumerable<Said> said)
    {
        List<SessionMessage> messages = [];
        foreach (var next in said.Select(Message))
        {
            if (messages is [.., var last] && Joins(last, next))
            {
                messages[^1] = last with { Id = next.Id, Text = last.Text + next.Text };
            }
            else
            {
                messages.Add(next);
            }
        }

        return messages;
    }

    public static string Id(Guid task, long number) => string.Create(CultureInfo.InvariantCulture, $"{task}.{number}");

    /// <summary>Null: that is no message's id.</summary>
    public static (Guid Task, long Number)? Place(string id)
    {
        var dot = id.LastIndexOf('.');
        return dot > 0 && Guid.TryParse(id.AsSpan(0, dot), out var task) && long.TryParse(id.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (task, number)
            : null;
    }

    private static SessionMessage Message(Said said)
    {
        var kind = said.Status is null ? said.Kind : said.Status is TaskStatus.Done ? SessionMessage.Result : SessionMessage.Error;
        var text = said.Text ?? TextOf(said.Data);
        // Of what is nothing but its text the text is enough.
        var data = said.Data is { ValueKind: JsonValueKind.String } && text is not null ? null : said.Data;
        return new(
            Id(said.Task, said.Number), said.Task.ToString(), kind is SessionMessage.Prompt or EventKind.Message ? "user" : "assistant", kind, text, data, said.Attempt, said.Agent, said.At);
    }

    /// <summary>Crumbs of one text, as a program writes it.</summary>
    private static bool Joins(SessionMessage a, SessionMessage b) =>
        a is { Kind: "text" or "thinking", Text: not null, Data: null } && b is { Text: not null, Data: null }
        && (a.Kind, a.TaskId, a.Attempt) == (b.Kind, b.TaskId, b.Attempt) && a.Text.Length + b.Text.Length <= MostJoined;

    private static string? TextOf(JsonElement? data) => data switch
    {
        { ValueKind: JsonValueKind.String } text => Read(text),
        { ValueKind: JsonValueKind.Object } fields => fields.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String ? Read(text)
            : fields.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.String ? Read(message)
            : null,
        _ => null,
    };

    /// <summary>Half of a pair of surrogates is JSON, and no text.</summary>
    private static string? Read(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

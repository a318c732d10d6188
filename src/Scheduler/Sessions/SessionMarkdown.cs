using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Agents.Contracts;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Sessions;

/// <summary>A session as people read it. Pure.</summary>
internal static partial class SessionMarkdown
{
    private static readonly JsonSerializerOptions Indented = new(WireJson.Options) { WriteIndented = true };

    public static string Head(Session session) =>
        $"""
        # {Plain(session.Title)}

        - Session: `{session.Id}`
        - Agent: `{session.Agent}`
        - From {Time(session.CreatedAt)} to {Time(session.LastAt)}
        - Tasks: {session.Tasks.ToString(CultureInfo.InvariantCulture)}
        - Tokens in, out: {session.Usage.InputTokens.ToString(CultureInfo.InvariantCulture)}, {session.Usage.OutputTokens.ToString(CultureInfo.InvariantCulture)}; cost: {session.Usage.CostUsd.ToString("0.######", CultureInfo.InvariantCulture)} USD

        """;

    /// <param name="before">The message before it: what the result says again is not written again.</param>
    public static string Of(SessionMessage message, SessionMessage? before)
    {
        var text = new StringBuilder();
        if (before is null || before.Role != message.Role || before.TaskId != message.TaskId)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {(message.Role is "user" ? "User" : "Assistant")} ({Time(message.At)})\n");
        }

        var body = message.Kind switch
        {
            SessionMessage.Result when message.Text is not null && message.Text == before?.Text => "",
            SessionMessage.Error => $"**Failed:** {message.Text}\n",
            "thinking" => message.Text is { } thought ? $"> {thought.ReplaceLineEndings("\n> ")}\n" : Fenced(message.Data),
            "tool" => Fenced(message.Data ?? (message.Text is { } said ? JsonSerializer.SerializeToElement(said) : null)),
            _ => message.Text is { } words ? $"{words}\n" : Fenced(message.Data),
        };
        return body.Length == 0 ? "" : text.Append('\n').Append(body).ToString();
    }

    /// <summary>The fence is longer than any in it.</summary>
    private static string Fenced(JsonElement? data)
    {
        if (data is not { } json)
        {
            return "";
        }

        var text = JsonSerializer.Serialize(json, Indented);
        var fence = new string('`', Math.Max(3, Ticks().Matches(text).Select(match => match.Length + 1).DefaultIfEmpty(0).Max()));
        return $"{fence}json\n{text}\n{fence}\n";
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A title is no markup.</summary>
    private static string Plain(string text) => Marks().Replace(text, @"\$0");

    [GeneratedRegex("`+", RegexOptions.CultureInvariant)]
    private static partial Regex Ticks();

    [GeneratedRegex(@"[\\`*_\[\]<>#]", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}

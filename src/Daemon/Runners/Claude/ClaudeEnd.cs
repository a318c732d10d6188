using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Claude;

/// <summary>What claude's last word comes to. Pure.</summary>
internal static partial class ClaudeEnd
{
    public static RunEnd Of(ClaudeStream stream, JsonElement result)
    {
        var text = result.TextAt("result") ?? "";
        var message = Shortened.Of(text.Length > 0 ? text : string.Join("; ", result.ListAt("errors").Select(error => error.GetString())), 2_000);
        var end = result.TextAt("subtype") switch
        {
            _ when result.TextAt("stop_reason") is "refusal" => Troubles.Refusal(message),
            "success" when !result.IsTrueAt("is_error") => Done(stream, result, text),
            "error_max_turns" => new(Outcome.Failed, Error: $"It came to the end of its turns ({result.NumberAt("num_turns")}). {message}".TrimEnd(), Retryable: false, IsSpent: true),
            "error_max_budget_usd" => new(Outcome.Failed, Error: $"It spent all that it may. {message}".TrimEnd(), Retryable: false),
            _ => Troubles.Of(message.Length > 0 ? message : "Claude failed and did not say why.", result.NumberAt("api_error_status"), stream.Opens ?? Opens(message)),
        };
        return end with { SessionId = stream.SessionId, Usage = stream.Usage.Json };
    }

    private static RunEnd Done(ClaudeStream stream, JsonElement result, string text)
    {
        if (string.IsNullOrWhiteSpace(text) && !stream.UsedTools)
        {
            return new(Outcome.EmptyResult, Error: "Claude ended well, said nothing and used no tool.");
        }

        var done = new JsonObject { ["text"] = text, ["turns"] = result.NumberAt("num_turns") };
        return new(Outcome.Done, done.Element());
    }

    /// <summary>Older versions say the time in the text: <c>usage limit reached|1799999999</c>.</summary>
    private static DateTimeOffset? Opens(string message) =>
        AfterBar().Match(message) is { Success: true } match
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : null;

    [GeneratedRegex(@"limit reached\|(\d{10})\b")]
    private static partial Regex AfterBar();
}

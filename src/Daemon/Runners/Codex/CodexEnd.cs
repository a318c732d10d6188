using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Codex;

/// <summary>What the end of a turn comes to. Pure.</summary>
internal static class CodexEnd
{
    public static RunEnd Of(JsonElement turn, CodexStream stream) => turn.TextAt("status") switch
    {
        "completed" => Done(stream.Text, stream.UsedTools),
        "interrupted" => new(Outcome.Failed, Error: "codex was interrupted."),
        _ => Failed(turn.At("error") ?? default, stream.Opens),
    };

    public static RunEnd Done(string? text, bool usedTools) => string.IsNullOrWhiteSpace(text) && !usedTools
        ? new(Outcome.EmptyResult, Error: "codex ended well, said nothing and used no tool.")
        : new(Outcome.Done, new JsonObject { ["text"] = text ?? "" }.Element());

    private static RunEnd Failed(JsonElement error, DateTimeOffset? opens)
    {
        var message = Shortened.Of(error.TextAt("message") ?? "codex failed and did not say why.", 2_000);
        var kind = error.At("codexErrorInfo") switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Object } named => named.EnumerateObject().Select(each => each.Name).FirstOrDefault(),
            _ => null,
        };
        var status = kind is null ? null : error.NumberAt("codexErrorInfo", kind, "httpStatusCode");
        return kind switch
        {
            "usageLimitExceeded" or "rateLimitExceeded" => Troubles.Quota(message, opens),
            "unauthorized" => Troubles.Of(message, 401),
            "contextWindowExceeded" => Troubles.Full(message),
            "sessionBudgetExceeded" => new(Outcome.Failed, Error: message, Retryable: false, IsSpent: true),
            "cyberPolicy" or "misalignmentPolicyViolation" => Troubles.Refusal(message),
            _ => Troubles.Of(message, status, opens),
        };
    }
}

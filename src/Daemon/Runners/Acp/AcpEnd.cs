using System.Text.Json.Nodes;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Acp;

/// <summary>What the end of a turn comes to. Pure, but for the count of what was used.</summary>
internal static class AcpEnd
{
    private const long WantsLogin = -32000;

    public static RunEnd Of(string name, AcpStream stream, RpcAnswer turn)
    {
        stream.TurnEnds(turn.Result?.At("usage"));
        if (turn.Result is not { } result)
        {
            return OfError(name, turn);
        }

        var text = stream.Text;
        return result.TextAt("stopReason") switch
        {
            "refusal" => Troubles.Refusal(text.Length > 0 ? Shortened.Of(text, 2_000) : "it did not say why."),
            "max_turn_requests" => new(Outcome.Failed, Error: $"{name} came to the end of its turns.", Retryable: false, IsSpent: true),
            "max_tokens" => Troubles.Full("the model's answer was cut off at its longest."),
            "cancelled" => new(Outcome.Failed, Error: $"{name} was interrupted."),
            _ when string.IsNullOrWhiteSpace(text) && !stream.UsedTools => new(Outcome.EmptyResult, Error: $"{name} ended well, said nothing and used no tool."),
            _ => new(Outcome.Done, new JsonObject { ["text"] = text }.Element()),
        };
    }

    public static RunEnd OfError(string name, RpcAnswer answer)
    {
        var problem = answer.Problem;
        if (answer.Error?.TextAt("data", "details") is { } details)
        {
            problem = $"{problem}: {details}";
        }

        return answer.Error?.NumberAt("code") is WantsLogin
            ? new(Outcome.Auth, Error: $"{name} is not signed in to its provider: {problem}")
            : Troubles.Of(Shortened.Of(problem, 2_000));
    }
}

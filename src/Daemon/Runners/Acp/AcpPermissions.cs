using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts.Realtime;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Acp;

/// <summary>What an ACP program wants to be allowed, or to have chosen.</summary>
internal sealed class AcpPermissions(ToolRules rules, IPeople people, AcpStream stream)
{
    public async Task<JsonObject?> AnswerAsync(JsonElement parameters, CancellationToken cancellationToken)
    {
        var call = parameters.At("toolCall") ?? default;
        var options = parameters.ListAt("options").ToList();
        var title = call.TextAt("title") ?? "tool";
        if (!options.Any(option => IsOf(option, "allow")))
        {
            return await ChooseAsync(title, call, options, cancellationToken);
        }

        string?[] names = [stream.ToolOf(call.TextAt("toolCallId") ?? ""), title, call.TextAt("kind")];
        var known = names.OfType<string>().ToArray();
        var answer = await rules.PermitAsync(people, known[0] == title ? title : $"{known[0]}: {title}", call.At("rawInput")?.GetRawText(), known, cancellationToken);
        var chosen = options.FirstOrDefault(option => option.TextAt("kind") == (answer.Allow ? "allow_once" : "reject_once"));
        chosen = chosen.ValueKind is JsonValueKind.Object ? chosen : options.FirstOrDefault(option => IsOf(option, answer.Allow ? "allow" : "reject"));
        return Outcome(chosen);
    }

    /// <summary>It does not want to be allowed something, but to be told which.</summary>
    private async Task<JsonObject?> ChooseAsync(string title, JsonElement call, List<JsonElement> options, CancellationToken cancellationToken)
    {
        var labels = options.Select(option => option.TextAt("name") ?? option.TextAt("optionId") ?? "").ToList();
        var answer = await people.AskAsync(new(QuestionKind.Question, title, call.At("rawInput")?.GetRawText(), labels, null), cancellationToken);
        var index = answer.InTime ? labels.FindIndex(label => label == (answer.Option ?? answer.Text)) : -1;
        return Outcome(index < 0 ? default : options[index]);
    }

    private static bool IsOf(JsonElement option, string kind) => option.TextAt("kind")?.StartsWith(kind, StringComparison.Ordinal) is true;

    private static JsonObject Outcome(JsonElement chosen) => new()
    {
        ["outcome"] = chosen.ValueKind is JsonValueKind.Object
            ? new JsonObject { ["outcome"] = "selected", ["optionId"] = chosen.TextAt("optionId") }
            : new JsonObject { ["outcome"] = "cancelled" },
    };
}

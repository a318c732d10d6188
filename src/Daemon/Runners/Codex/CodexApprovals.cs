using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts.Realtime;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Codex;

/// <summary>What codex asks before it runs or changes something, and what it asks its user.</summary>
internal sealed class CodexApprovals(ToolRules rules, IPeople people, CodexStream stream)
{
    private const int MostQuestions = 10;

    public async Task<JsonObject?> AnswerAsync(string method, JsonElement asked, CancellationToken cancellationToken) => method switch
    {
        "item/commandExecution/requestApproval" => await DecideAsync(
            $"shell: {asked.TextAt("command") ?? "a command"}", asked.TextAt("reason") ?? asked.TextAt("command"), CodexOptions.Shell, cancellationToken),
        "item/fileChange/requestApproval" => await DecideAsync(
            $"edit: {Files(asked)}", asked.TextAt("reason") ?? stream.Running(asked.TextAt("itemId") ?? "")?.At("changes")?.GetRawText(), CodexOptions.Edit, cancellationToken),
        "item/permissions/requestApproval" => await GrantAsync(asked, cancellationToken),
        "item/tool/requestUserInput" => await InputAsync(asked, cancellationToken),
        _ => null,
    };

    private async Task<JsonObject?> DecideAsync(string title, string? detail, string[] names, CancellationToken cancellationToken)
    {
        var answer = await rules.PermitAsync(people, title, detail, names, cancellationToken);
        return new() { ["decision"] = answer.Allow ? "accept" : "decline" };
    }

    /// <summary>More than its sandbox has: all of what it names for this turn, or nothing.</summary>
    private async Task<JsonObject?> GrantAsync(JsonElement asked, CancellationToken cancellationToken)
    {
        var answer = await rules.PermitAsync(people, $"permissions: {asked.TextAt("reason") ?? "more than its sandbox allows"}", asked.At("permissions")?.GetRawText(), ["permissions"], cancellationToken);
        return new() { ["permissions"] = answer.Allow ? (asked.At("permissions") ?? default).Node() : new JsonObject(), ["scope"] = "turn" };
    }

    private async Task<JsonObject?> InputAsync(JsonElement asked, CancellationToken cancellationToken)
    {
        var answers = new JsonObject();
        foreach (var question in asked.ListAt("questions").Take(MostQuestions))
        {
            var options = question.ListAt("options").Select(option => option.TextAt("label")).OfType<string>().ToList();
            var answer = await people.AskAsync(new(QuestionKind.Question, question.TextAt("question") ?? "", question.GetRawText(), options, null), cancellationToken);
            if (answer.InTime && (answer.Option ?? answer.Text) is { } said)
            {
                answers[question.TextAt("id") ?? ""] = new JsonObject { ["answers"] = new JsonArray(said) };
            }
        }

        return new() { ["answers"] = answers };
    }

    private string Files(JsonElement asked) =>
        stream.Running(asked.TextAt("itemId") ?? "")?.ListAt("changes").Select(change => change.TextAt("path")).OfType<string>().ToList() is { Count: > 0 } files
            ? string.Join(", ", files) : "files";
}

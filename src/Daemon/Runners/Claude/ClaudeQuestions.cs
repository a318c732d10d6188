using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Contracts.Realtime;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Claude;

/// <summary>What claude asks before it uses a tool, and what it asks its user.</summary>
internal sealed class ClaudeQuestions(ToolRules rules, IPeople people)
{
    private const string AsksUser = "AskUserQuestion";
    private const int MostQuestions = 10;

    /// <returns>What is answered to its control request.</returns>
    public async Task<JsonObject> AnswerAsync(JsonElement request, CancellationToken cancellationToken)
    {
        var tool = request.TextAt("tool_name") ?? "";
        var input = request.At("input") ?? JsonElement.Parse("{}");
        if (tool is AsksUser)
        {
            return await AskAsync(input, cancellationToken);
        }

        if (ToolRules.IsColleagues(tool))
        {
            return Allow(input.Node());
        }

        // Of a command the command says most, of a file its path.
        var about = input.TextAt("command") ?? input.TextAt("file_path") ?? input.TextAt("url") ?? request.TextAt("description");
        var answer = await rules.PermitAsync(people, about is null ? tool : $"{tool}: {about}", input.GetRawText(), [tool], cancellationToken);
        return answer.Allow ? Allow(input.Node()) : Deny(ToolRules.WhyNot(answer));
    }

    private async Task<JsonObject> AskAsync(JsonElement input, CancellationToken cancellationToken)
    {
        var answers = new JsonObject();
        foreach (var question in input.ListAt("questions").Take(MostQuestions))
        {
            var title = question.TextAt("question") ?? "";
            var options = question.ListAt("options").Select(option => option.TextAt("label")).OfType<string>().ToList();
            var answer = await people.AskAsync(new(QuestionKind.Question, title, question.GetRawText(), options, null), cancellationToken);
            if (!answer.InTime)
            {
                return Deny("Nobody answered in time. Go on with what you think is best.");
            }

            answers[title] = answer.Option ?? answer.Text ?? (answer.Allow ? "yes" : "no");
        }

        var answered = input.Node()!.AsObject();
        answered["answers"] = answers;
        return Allow(answered);
    }

    private static JsonObject Allow(JsonNode? input) => new() { ["behavior"] = "allow", ["updatedInput"] = input };

    private static JsonObject Deny(string why) => new() { ["behavior"] = "deny", ["message"] = why };
}

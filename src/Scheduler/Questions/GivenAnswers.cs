using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Questions;

/// <summary>What may be answered to a question. Pure.</summary>
internal static class GivenAnswers
{
    public static GivenAnswer? Of(string? json) => json is null ? null : JsonSerializer.Deserialize<GivenAnswer>(json, WireJson.Options);

    public static string ToJson(this GivenAnswer answer) => JsonSerializer.Serialize(answer, WireJson.Options);

    public static TaskAnswer ToOrder(this GivenAnswer answer, string questionId, string? by) => new(questionId, answer.Allow, answer.Option, answer.Text, by);

    /// <summary>For who reads of it later: what was chosen, without what may be a secret.</summary>
    public static string Chosen(this GivenAnswer answer) =>
        answer.Allow is { } allow ? (allow ? QuestionKind.Allow : QuestionKind.Deny) : answer.Option ?? "in own words";

    /// <summary>The answer as it fits the question; null where it does not, and then <paramref name="wrong"/> says which field why.</summary>
    public static GivenAnswer? Fitting(AnswerTaskRequest request, string kind, IReadOnlyList<string> options, out (string Field, string Why) wrong)
    {
        wrong = default;
        return kind is QuestionKind.Permission ? Permission(request, out wrong) : Chosen(request, options, out wrong);
    }

    private static GivenAnswer? Permission(AnswerTaskRequest request, out (string, string) wrong)
    {
        var chosen = request.Option switch
        {
            QuestionKind.Allow => true,
            QuestionKind.Deny => false,
            _ => (bool?)null,
        };
        wrong = request.Option is not null && chosen is null ? ("option", $"must be {QuestionKind.Allow} or {QuestionKind.Deny}")
            : (request.Allow ?? chosen) is null ? ("allow", "is required: something is to be allowed")
            : chosen is not null && request.Allow is not null && chosen != request.Allow ? ("option", "says something else than allow")
            : default;
        return wrong == default ? new(request.Allow ?? chosen, Text: request.Text) : null;
    }

    private static GivenAnswer? Chosen(AnswerTaskRequest request, IReadOnlyList<string> options, out (string, string) wrong)
    {
        var option = request.Option ?? (request.Text is { } text && options.Contains(text) ? text : null);
        wrong = request.Allow is not null ? ("allow", "is for what is to be allowed; this is a question")
            : options.Count > 0 && (option is null || !options.Contains(option)) ? ("option", $"must be one of {string.Join(", ", options)}")
            : options.Count == 0 && option is not null ? ("option", "is for a question that has some; this one wants a text")
            : default;
        return wrong == default ? new(Option: option, Text: request.Text == option ? null : request.Text) : null;
    }
}

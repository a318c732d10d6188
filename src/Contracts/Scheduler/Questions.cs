using System.Text.Json.Serialization;
using Agents.Contracts.Realtime;

namespace Agents.Contracts.Scheduler;

/// <summary>What a program wants to know, as it stands with its task: see <see cref="TaskQuestion"/>.</summary>
public sealed record AskedQuestion(
    string QuestionId, string Kind, string Title, string? Detail, IReadOnlyList<string> Options, string? Default, DateTimeOffset ExpiresAt)
{
    public static AskedQuestion Of(TaskQuestion question) => new(
        question.QuestionId, question.Kind, question.Title, question.Detail, question.Options ?? [], question.Default, question.ExpiresAt.ToUniversalTime());
}

/// <param name="Prompt">The beginning of what the task is.</param>
/// <param name="IsOpen">Somebody may still answer it.</param>
/// <param name="Answer">Null where nobody did.</param>
/// <param name="By">Who answered; else see <see cref="ClosedBy"/>.</param>
/// <param name="Name">Of who answered.</param>
public sealed record QuestionView(
    string TaskId, int Attempt, string QuestionId, string? AgentId, string Kind, string Title, string? Detail, IReadOnlyList<string> Options, string? Default,
    DateTimeOffset AskedAt, DateTimeOffset ExpiresAt, [property: JsonPropertyName("open")] bool IsOpen, GivenAnswer? Answer, string? By, string? Name,
    DateTimeOffset? AnsweredAt, string? Prompt);

/// <summary>Why a question is over that nobody answered.</summary>
public static class ClosedBy
{
    /// <summary>Its time is over, and its default holds.</summary>
    public const string Expired = "expired";

    /// <summary>The attempt that asked is over.</summary>
    public const string Over = "over";
}

/// <summary>What was answered, see <see cref="TaskAnswer"/>.</summary>
public sealed record GivenAnswer(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Allow = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Option = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null);

/// <param name="Allow">Of a permission.</param>
/// <param name="Option">One of the question's.</param>
/// <param name="Text">In one's own words: of a question without options the answer, else beside it.</param>
public sealed record AnswerTaskRequest(string? QuestionId = null, bool? Allow = null, string? Option = null, string? Text = null) : IValidated
{
    public const int MaxText = 16 * 1024;

    public void Validate(Problems problems)
    {
        problems.Text(QuestionId, 1, 128);
        problems.OptionalText(Option, 1, TaskQuestion.MaxTitle);
        problems.OptionalText(Text, 1, MaxText);
        if (Allow is null && Option is null && Text is null)
        {
            problems.Add("allow", "is required, or option, or text");
        }
    }
}

public sealed record AnsweredTask(string QuestionId, GivenAnswer Answer, bool Answered = true);

/// <summary>More words for the program that works on a task, in the same conversation.</summary>
public sealed record TellTaskRequest(string? Text = null) : IValidated
{
    public const int MaxText = 32 * 1024;

    public void Validate(Problems problems) => problems.Text(Text, 1, MaxText);
}

/// <param name="TaskId">The one that it was said to.</param>
public sealed record ToldTask(string TaskId, int Attempt, bool Told = true);

/// <summary>Kinds of events that people have to do with; their data is as the records beside them.</summary>
public static class EventKind
{
    /// <summary>An <see cref="AskedQuestion"/>.</summary>
    public const string Question = "question";

    /// <summary>An <see cref="AnswerTold"/>.</summary>
    public const string Answer = "answer";

    /// <summary>A <see cref="MessageTold"/>.</summary>
    public const string Message = "message";
}

/// <param name="By">Who answered, or <see cref="ClosedBy.Expired"/>.</param>
public sealed record AnswerTold(string QuestionId, string By, string? Name = null, bool? Allow = null, string? Option = null, string? Text = null);

/// <param name="From">Who said it.</param>
public sealed record MessageTold(string Text, string From, string? Name = null);

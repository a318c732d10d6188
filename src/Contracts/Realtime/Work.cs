using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Contracts.Scheduler;

namespace Agents.Contracts.Realtime;

/// <summary><c>task/submit</c> to an agent: work for it.</summary>
/// <param name="PromptRef">In place of a prompt that is too long: to be fetched with the token of who got it.</param>
/// <param name="InputRef">The same of the input.</param>
/// <param name="Artifacts">Files of the folder that it works in that are to be kept, see <see cref="ArtifactPatterns"/>.</param>
/// <param name="PackageRef">It was moved, and this is what whoever worked on it before had of it.</param>
/// <param name="LeaseSeconds">For so long it is not given to another when nothing is heard of the holder.</param>
public sealed record TaskOrder(
    string TaskId, int Attempt, int LeaseSeconds, string AgentId, string Type, string? Prompt, JsonElement? Input, JsonElement? Options,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SessionId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TimeoutSeconds = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ContentRef? PromptRef = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ContentRef? InputRef = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Artifacts = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ContentRef? PackageRef = null);

/// <summary><c>task/accept</c>: it is taken, and will be begun.</summary>
/// <param name="Attempt">As it came; who leaves it out means the one that it was given last.</param>
/// <param name="Brings">When it is moved, what there is of it is brought along: so long its end is waited for.</param>
public sealed record TaskAccept(
    string TaskId, int? Attempt = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Brings = false);

/// <param name="Seq">Rises with each one of an attempt.</param>
/// <param name="Kind"><c>text</c>, <c>thinking</c>, <c>tool</c>, <c>log</c>, <c>usage</c> or <c>status</c>. The data of a usage is all of its attempt so far.</param>
public sealed record TaskProgress(
    string TaskId, int? Attempt = null, long? Seq = null, string? Kind = null, JsonElement? Data = null, double? Percent = null) : IValidated
{
    public static IReadOnlyList<string> Kinds { get; } = ["text", "thinking", "tool", "log", "usage", "status"];

    public void Validate(Problems problems)
    {
        if (Kind is not null && !Kinds.Contains(Kind))
        {
            problems.Add("kind", $"must be one of {string.Join(", ", Kinds)}");
        }

        if (Percent is < 0 or > 100)
        {
            problems.Add("percent", "must be between 0 and 100");
        }
    }
}

/// <param name="ResultRef">The id of an artifact of the task, where the result is too long for a frame; <paramref name="Result"/> may be a short form of it.</param>
public sealed record TaskResult(
    string TaskId, int? Attempt = null, JsonElement? Result = null, string? SessionId = null, JsonElement? Usage = null, string? ResultRef = null) : IValidated
{
    public void Validate(Problems problems)
    {
        if (ResultRef is not null && !Guid.TryParse(ResultRef, out _))
        {
            problems.Add("result_ref", "must be the id of an artifact of this task");
        }
    }
}

/// <param name="Kind">See <see cref="TaskErrorKind"/>.</param>
/// <param name="Retryable">Left out: as the kind has it; without a kind, no.</param>
/// <param name="PackageRef">Of one that is moved: the artifact with what it had by then.</param>
public sealed record TaskError(
    string TaskId, int? Attempt = null, string? Error = null, string? Kind = null, bool? Retryable = null, string? SessionId = null, JsonElement? Usage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PackageRef = null) : IValidated
{
    public void Validate(Problems problems)
    {
        if (PackageRef is not null && !Guid.TryParse(PackageRef, out _))
        {
            problems.Add("package_ref", "must be the id of an artifact of this task");
        }

        if (Kind is not null && !TaskErrorKind.All.Contains(Kind))
        {
            problems.Add("kind", $"must be one of {string.Join(", ", TaskErrorKind.All)}");
        }
    }
}

/// <summary>Answers a result or an error, after the database said so.</summary>
/// <param name="Reason">See <see cref="AckReason"/>.</param>
public sealed record TaskAck(
    string TaskId, int Attempt, bool Accepted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <param name="Reason">See <see cref="CancelReason"/>; left out where the work is to end.</param>
public sealed record TaskCancel(
    string TaskId, int Attempt, int GraceSeconds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

public static class CancelReason
{
    /// <summary>It goes on elsewhere: the end of a turn is a good moment to stop, and where the conversation stands is worth telling.</summary>
    public const string Moved = "moved";

    /// <summary>A budget is spent. What was used so far and where the conversation stands is worth telling: a later task goes on with it.</summary>
    public const string Budget = "budget";
}

/// <summary>To a person: a task stands elsewhere than before.</summary>
/// <param name="EventId">Who reconnects with the last one (<c>?last_event_id=</c>) misses nothing.</param>
/// <param name="Ref">The id of the person's own <c>task/submit</c>, where it answers one.</param>
public sealed record TaskStatePayload(
    string TaskId, string? EventId, string Status, int Attempt, string? AgentId, DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Number = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ref = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TaskFault? Error = null);

/// <summary>To a person: what an agent said while it worked.</summary>
public sealed record TaskProgressPayload(
    string TaskId, string EventId, long Number, int Attempt, string? AgentId, string Kind, JsonElement? Data, double? Percent, DateTimeOffset At);

/// <summary>To a person: an agent's program asks something, see <see cref="TaskQuestion"/>.</summary>
public sealed record TaskQuestionPayload(
    string TaskId, string EventId, long Number, int Attempt, string? AgentId, DateTimeOffset At, string QuestionId, string Kind, string Title, string? Detail,
    IReadOnlyList<string> Options, string? Default, DateTimeOffset ExpiresAt);

/// <summary>To a person: a question is over.</summary>
/// <param name="By">Who answered, or <see cref="ClosedBy.Expired"/>.</param>
public sealed record TaskAnswerPayload(
    string TaskId, string EventId, long Number, int Attempt, string? AgentId, DateTimeOffset At, string QuestionId, bool? Allow, string? Option, string? Text, string By,
    string? Name);

/// <summary>To a person: somebody said something to the program that works on a task.</summary>
public sealed record TaskMessagePayload(
    string TaskId, string EventId, long Number, int Attempt, string? AgentId, DateTimeOffset At, string Text, string From, string? Name);

/// <summary><c>task/question</c> from an agent: its program may not go on before somebody has answered, or the time is over.</summary>
/// <param name="QuestionId">One for each question; it comes again under the same after a cut.</param>
/// <param name="Kind">See <see cref="QuestionKind"/>.</param>
/// <param name="Attempt">Where a dialect knows none: the one that runs.</param>
/// <param name="Detail">All that it wants to do, where the title does not say it.</param>
/// <param name="Options">What may be answered; of a permission <c>allow</c> and <c>deny</c>. Where there are none, a text is wanted.</param>
/// <param name="Default">What holds when nobody answers until <paramref name="ExpiresAt"/>; null where it then does without an answer.</param>
public sealed record TaskQuestion(
    string TaskId, string QuestionId, string Kind, string Title, DateTimeOffset ExpiresAt, int? Attempt = null, string? Detail = null, IReadOnlyList<string>? Options = null,
    string? Default = null)
    : IValidated
{
    public const int MaxTitle = 500;
    public const int MaxDetail = 16 * 1024;
    public const int MaxOptions = 50;

    public void Validate(Problems problems)
    {
        problems.Text(QuestionId, 1, 128);
        problems.Text(Title, 1, MaxTitle);
        problems.OptionalText(Detail, 0, MaxDetail);
        problems.OptionalText(Default, 0, MaxTitle);
        if (Kind is not (QuestionKind.Permission or QuestionKind.Question))
        {
            problems.Add("kind", $"must be {QuestionKind.Permission} or {QuestionKind.Question}");
        }

        if (Options?.Count > MaxOptions || Options?.Any(option => option is null or { Length: 0 or > MaxTitle } || option.Contains('\0')) is true)
        {
            problems.Add("options", $"must be at most {MaxOptions} texts of at most {MaxTitle} characters, without a null character");
        }
    }
}

public static class QuestionKind
{
    public const string Permission = "permission";
    public const string Question = "question";

    public const string Allow = "allow";
    public const string Deny = "deny";
}

/// <summary><c>task/answer</c> to an agent. The first one counts; one for a question that is over is passed over.</summary>
/// <param name="Allow">Of a permission.</param>
/// <param name="Option">One of the question's.</param>
/// <param name="Text">In one's own words; beside a denial the program is told it.</param>
/// <param name="By">Who answered.</param>
public sealed record TaskAnswer(
    string QuestionId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Allow = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Option = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By = null);

/// <summary><c>task/message</c> to an agent: more words for the program that works on it, in the same conversation.</summary>
/// <param name="From">Who says it.</param>
public sealed record TaskMessage(
    string TaskId, int Attempt, string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? From = null);

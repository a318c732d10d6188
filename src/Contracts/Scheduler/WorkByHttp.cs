using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Contracts.Realtime;

namespace Agents.Contracts.Scheduler;

/// <summary>An agent without a socket takes a task.</summary>
/// <param name="AgentId">For whom; an agent that shows its own token may leave it out.</param>
/// <param name="Attempt">Of a task that the agent was given already: this one, whose order is answered once more.</param>
public sealed record AcceptTaskRequest(string? AgentId = null, int? Attempt = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Id(AgentId);
        problems.Range(Attempt, 1, int.MaxValue);
    }
}

/// <summary>What an agent says while it works: one thing, several as <paramref name="Items"/>, or nothing but that it lives.</summary>
/// <param name="Attempt">As the order had it.</param>
public sealed record TaskProgressRequest(
    int? Attempt = null, long? Seq = null, string? Kind = null, JsonElement? Data = null, double? Percent = null, IReadOnlyList<ProgressItem>? Items = null)
    : IValidated
{
    public const int MaxItems = 500;

    /// <summary>As much as a frame holds.</summary>
    private const int LongestData = 256 * 1024;

    private bool IsOne => Seq is not null || Kind is not null || Data is not null || Percent is not null;

    /// <summary>In the order in which it was said.</summary>
    public IReadOnlyList<ProgressItem> All() => Items is not null ? Items : IsOne ? [new(Seq, Kind, Data, Percent)] : [];

    public void Validate(Problems problems)
    {
        problems.Attempt(Attempt);
        if (Items is not null && IsOne)
        {
            problems.Add("items", "must not stand beside seq, kind, data or percent");
        }

        if (Items?.Count > MaxItems)
        {
            problems.Add("items", $"must be at most {MaxItems}");
            return;
        }

        foreach (var (n, item) in All().Index())
        {
            var field = Items is null ? "" : $"items[{n}].";
            if (item is null)
            {
                problems.Add($"items[{n}]", "is required");
                continue;
            }

            if (item.Kind is not null && !TaskProgress.Kinds.Contains(item.Kind))
            {
                problems.Add($"{field}kind", $"must be one of {string.Join(", ", TaskProgress.Kinds)}");
            }

            if (item.Percent is < 0 or > 100)
            {
                problems.Add($"{field}percent", "must be between 0 and 100");
            }

            problems.Json(item.Data, LongestData, $"{field}data");
        }
    }
}

/// <param name="Seq">Rises with each one of an attempt; what is not higher than the last one is dropped as said before.</param>
/// <param name="Kind"><c>text</c>, <c>thinking</c>, <c>tool</c>, <c>log</c>, <c>usage</c> or <c>status</c>.</param>
public sealed record ProgressItem(long? Seq = null, string? Kind = null, JsonElement? Data = null, double? Percent = null);

/// <param name="ResultRef">The id of an artifact of the task, where the result is too long for a request.</param>
public sealed record TaskResultRequest(
    int? Attempt = null, JsonElement? Result = null, JsonElement? Usage = null, string? SessionId = null, string? ResultRef = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Attempt(Attempt);
        problems.OptionalText(SessionId, 0, 1000);
        if (ResultRef is not null && !Guid.TryParse(ResultRef, out _))
        {
            problems.Add("result_ref", "must be the id of an artifact of this task");
        }
    }
}

/// <param name="Kind">See <see cref="TaskErrorKind"/>; <c>canceled</c> obeys a cancel, <c>refused</c> gives the task back unbegun.</param>
/// <param name="Retryable">Left out: as the kind has it; without a kind, no.</param>
public sealed record TaskErrorRequest(
    int? Attempt = null, string? Kind = null, string? Message = null, bool? Retryable = null, JsonElement? Usage = null, string? SessionId = null) : IValidated
{
    private const int LongestMessage = 64 * 1024;

    public void Validate(Problems problems)
    {
        problems.Attempt(Attempt);
        problems.OptionalText(Message, 0, LongestMessage);
        problems.OptionalText(SessionId, 0, 1000);
        if (Kind is not null && !TaskErrorKind.All.Contains(Kind))
        {
            problems.Add("kind", $"must be one of {string.Join(", ", TaskErrorKind.All)}");
        }
    }
}

/// <summary>Whether what an agent said counts, as <c>task/ack</c> says it, and whether it is to stop, as <c>task/cancel</c> says it.</summary>
/// <param name="Reason">Why it does not count, see <see cref="AckReason"/>; of a cancel of what goes on elsewhere <c>moved</c>, of what has spent its budget <c>budget</c>.</param>
/// <param name="GraceSeconds">So long it may take to come to an end.</param>
public sealed record WorkSaid(
    bool Accepted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Cancel = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? GraceSeconds = null);

internal static class AttemptProblems
{
    public static void Attempt(this Problems problems, int? attempt)
    {
        if (problems.Required(attempt))
        {
            problems.Range(attempt, 1, int.MaxValue);
        }
    }
}

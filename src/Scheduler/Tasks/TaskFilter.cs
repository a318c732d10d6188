using Agents.Contracts;
using Agents.ServiceDefaults.Search;
using Microsoft.AspNetCore.Mvc;

namespace Agents.Scheduler.Tasks;

/// <summary>Which tasks are asked for. All that is given has to hold.</summary>
/// <param name="Status">One or several; those of seed 003 mean what they cover there.</param>
/// <param name="Label"><c>name=value</c>, or a name that must be there.</param>
/// <param name="Q">
/// Words that the first 2,000 characters of the prompt hold, each of them anywhere, in capitals or not; or the beginning of
/// the task's id, eight characters or more. <c>total</c> goes up to 200 then, and with labels; <c>total_capped</c> says that there may be more. Where what is found lies far apart a
/// page may be short: there is more as long as there is a cursor.
/// </param>
internal sealed record TaskFilter(
    [property: FromQuery(Name = "status")] string[]? Status,
    [property: FromQuery(Name = "agent_id")] string? AgentId,
    [property: FromQuery(Name = "post_id")] string? PostId,
    [property: FromQuery(Name = "parent_id")] string? ParentId,
    [property: FromQuery(Name = "type")] string? Type,
    [property: FromQuery(Name = "label")] string[]? Label,
    [property: FromQuery(Name = "from")] DateTimeOffset? From,
    [property: FromQuery(Name = "to")] DateTimeOffset? To,
    [property: FromQuery(Name = "q")] string? Q = null) : IValidated
{
    private const int MaxFilters = 20;

    public void Validate(Problems problems)
    {
        if (Status?.Length > MaxFilters || (Status?.Any(status => !TaskStatus.All.Contains(status)) ?? false))
        {
            problems.Add("status", $"must be of {string.Join(", ", TaskStatus.All)}");
        }

        if (ParentId is not null && !Guid.TryParse(ParentId, out _))
        {
            problems.Add("parent_id", "must be a task's id");
        }

        if (Label?.Length > MaxFilters)
        {
            problems.Add("label", $"may be given at most {MaxFilters} times");
        }

        foreach (var label in Label ?? [])
        {
            problems.OptionalText(label, 1, 300);
        }

        problems.OptionalText(Q, 0, SearchText.MaxLength);
        if (Q is { Length: <= SearchText.MaxLength } && !Q.Contains('\0') && !SearchText.Of(Q).IsSearchable)
        {
            problems.Add("q", "must have three characters in a row that no space divides, or one of Chinese, Japanese or Korean");
        }

        problems.OptionalText(AgentId, 0, Ids.MaxLength);
        problems.OptionalText(PostId, 0, Ids.MaxLength);
        problems.OptionalText(Type, 0, 64);
    }
}

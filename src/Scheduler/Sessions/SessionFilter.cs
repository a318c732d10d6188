using Agents.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace Agents.Scheduler.Sessions;

/// <summary>Which sessions are asked for. All that is given has to hold.</summary>
/// <param name="Q">Stands in the title; looked for in the newest fifty thousand that the rest leaves.</param>
/// <param name="From">Of the last word.</param>
internal sealed record SessionFilter(
    [property: FromQuery(Name = "agent_id")] string? AgentId,
    [property: FromQuery(Name = "post_id")] string? PostId,
    [property: FromQuery(Name = "task_id")] string? TaskId,
    [property: FromQuery(Name = "q")] string? Q,
    [property: FromQuery(Name = "from")] DateTimeOffset? From,
    [property: FromQuery(Name = "to")] DateTimeOffset? To) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.OptionalText(AgentId, 0, Ids.MaxLength);
        problems.OptionalText(PostId, 0, Ids.MaxLength);
        problems.OptionalText(Q, 0, 200);
        if (TaskId is not null && !Guid.TryParse(TaskId, out _))
        {
            problems.Add("task_id", "must be a task's id");
        }
    }
}

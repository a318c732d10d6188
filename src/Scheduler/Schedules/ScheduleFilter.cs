using Agents.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Agents.Scheduler.Schedules;

/// <summary>Which schedules are asked for. All that is given has to hold.</summary>
internal sealed record ScheduleFilter(
    [property: FromQuery(Name = "enabled")] bool? Enabled,
    [property: FromQuery(Name = "owner")] string? Owner,
    [property: FromQuery(Name = "q")] string? Q) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.OptionalText(Owner, 0, Ids.MaxLength);
        problems.OptionalText(Q, 0, 256);
    }

    public IQueryable<Schedule> Of(IQueryable<Schedule> schedules)
    {
        schedules = Enabled is { } enabled ? schedules.Where(s => s.Enabled == enabled) : schedules;
        schedules = Owner is { Length: > 0 } owner ? schedules.Where(s => s.Owner == owner) : schedules;
        if (Q is not { Length: > 0 } text)
        {
            return schedules;
        }

        var pattern = LikePattern.Containing(text);
        return schedules.Where(s => EF.Functions.ILike(s.Name, pattern, LikePattern.Escape));
    }
}

using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;

namespace Agents.Scheduler.Schedules;

/// <summary>Whether a schedule can ever make its task, all problems at once.</summary>
internal static class ScheduleCheck
{
    public const string DefaultZone = "UTC";

    public static (NextTimes? Times, Problems Problems) Times(string cron, string? timeZone)
    {
        var problems = new Problems();
        var (schedule, problem) = CronSchedule.Parse(cron);
        if (problem is not null)
        {
            problems.Add("cron", problem);
        }

        // Names of Windows are found as well, and mean something else on every machine.
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone ?? DefaultZone, out var zone) || !zone.HasIanaId)
        {
            problems.Add("time_zone", $"is not a time zone of the IANA's, such as Europe/Berlin: {timeZone}");
        }

        return (schedule is not null && !problems.Any ? new(schedule, zone!) : null, problems);
    }

    /// <summary>What it would be is looked at as a whole: also where only some of it was changed.</summary>
    public static (NextTimes? Times, FieldErrors? Wrong) Of(ScheduleRequest request, Submitter owner, Submission submission, DateTimeOffset now)
    {
        var (times, problems) = Times(request.Cron, request.TimeZone);
        request.Validate(problems);
        Template(request.Task, problems);
        var (_, wrong) = submission.Check(request.Task, owner);
        foreach (var (field, texts) in wrong?.Errors ?? new Dictionary<string, string[]>())
        {
            problems.Add($"task.{field}", texts[0]);
        }

        if (request.Enabled is not false && times is not null && !new Schedule.Window(request.StartAt, request.EndAt).From(times, now).Any())
        {
            problems.Add("cron", "has no time left from now on that lies between start_at and end_at");
        }

        return problems.Any ? (null, problems.ToErrors()) : (times, null);
    }

    /// <summary>What differs from firing to firing can't stand in a template.</summary>
    private static void Template(SubmitTaskRequest task, Problems problems)
    {
        Refuse("dedup_key", task.DedupKey);
        Refuse("dedup_policy", task.DedupPolicy);
        Refuse("dedup_window", task.DedupWindow);
        Refuse("not_before", task.NotBefore);
        Refuse("deadline", task.Deadline);
        Refuse("ref", task.Ref);
        Refuse("depends_on", task.DependsOn is { Count: > 0 } on ? on : null);

        void Refuse(string field, object? value)
        {
            if (value is not null)
            {
                problems.Add($"task.{field}", "can't be given for a task that comes again and again");
            }
        }
    }
}

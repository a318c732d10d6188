namespace Agents.Scheduler.Schedules;

/// <summary>
/// A cron expression: second, minute, hour, day of month, month, day of week, and a year where there is a seventh field.
/// Five fields are those without the second, which is 0 then. It knows nothing of time zones: see <see cref="NextTimes"/>. Pure.
/// </summary>
internal sealed class CronSchedule
{
    private readonly CronSet _seconds = CronField.Second.NewSet();
    private readonly CronSet _minutes = CronField.Minute.NewSet();
    private readonly CronSet _hours = CronField.Hour.NewSet();
    private readonly CronSet _months = CronField.Month.NewSet();
    private readonly CronSet _years = CronField.Year.NewSet();
    private readonly CronDays _days;

    private CronSchedule(CronDays days, bool goesByHours) => (_days, GoesByHours) = (days, goesByHours);

    /// <summary>It means every so many hours, rather than times on the wall's clock. Only where clocks are changed it matters.</summary>
    public bool GoesByHours { get; }

    public static (CronSchedule? Schedule, string? Problem) Parse(string text)
    {
        var fields = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        fields = fields.Length == 5 ? ["0", .. fields] : fields;
        if (fields.Length is < 6 or > 7)
        {
            return (null, $"must have 6 fields (second minute hour day month weekday), a year as the 7th or no second, and has {fields.Length}");
        }

        var (days, problem) = CronDays.Parse(fields[3], fields[5]);
        if (days is null)
        {
            return (null, problem);
        }

        var schedule = new CronSchedule(days, fields[2].AsSpan().ContainsAny("*?/-"));
        problem = CronField.Second.Read(fields[0], schedule._seconds) ?? CronField.Minute.Read(fields[1], schedule._minutes)
            ?? CronField.Hour.Read(fields[2], schedule._hours) ?? CronField.Month.Read(fields[4], schedule._months)
            ?? CronField.Year.Read(fields.Length == 7 ? fields[6] : "*", schedule._years);
        return problem is not null ? (null, problem)
            : schedule.AtOrAfter(new(CronField.Year.Min, 1, 1)) is null ? (null, "never happens: there is no such day")
            : (schedule, null);
    }

    /// <summary>The first time on the wall's clock that is not before; whole seconds. Null where there is none any more.</summary>
    public DateTime? AtOrAfter(DateTime from)
    {
        for (var year = _years.AtLeast(from.Year); year is { } y; year = _years.AtLeast(y + 1))
        {
            for (var month = _months.AtLeast(y == from.Year ? from.Month : 1); month is { } m; month = _months.AtLeast(m + 1))
            {
                var isFirst = y == from.Year && m == from.Month;
                for (var d = isFirst ? from.Day : 1; d <= DateTime.DaysInMonth(y, m); d++)
                {
                    if (_days.Contains(y, m, d) && TimeOfDay(isFirst && d == from.Day ? TimeOnly.FromDateTime(from) : default) is { } time)
                    {
                        return new DateTime(y, m, d).Add(time.ToTimeSpan());
                    }
                }
            }
        }

        return null;
    }

    private TimeOnly? TimeOfDay(TimeOnly from)
    {
        for (var hour = _hours.AtLeast(from.Hour); hour is { } h; hour = _hours.AtLeast(h + 1))
        {
            var sameHour = h == from.Hour;
            for (var minute = _minutes.AtLeast(sameHour ? from.Minute : 0); minute is { } m; minute = _minutes.AtLeast(m + 1))
            {
                if (_seconds.AtLeast(sameHour && m == from.Minute ? from.Second : 0) is { } s)
                {
                    return new(h, m, s);
                }
            }
        }

        return null;
    }
}

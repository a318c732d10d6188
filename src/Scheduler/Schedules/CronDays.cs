namespace Agents.Scheduler.Schedules;

/// <summary>
/// Which days: of the month and of the week. Where both are given, either will do, as cron has had it since the seventies;
/// where one is <c>*</c> or <c>?</c>, the other decides.
/// </summary>
internal sealed class CronDays
{
    private readonly CronSet _days = CronField.Day.NewSet();
    private readonly CronSet _weekdays = CronField.Weekday.NewSet();
    private readonly List<Func<int, int, int, bool>> _special = [];
    private readonly List<Func<int, int, int, bool>> _specialWeekdays = [];
    private readonly bool _anyDay;
    private readonly bool _anyWeekday;

    private CronDays(string days, string weekdays) => (_anyDay, _anyWeekday) = (days[0] is '*' or '?', weekdays[0] is '*' or '?');

    public static (CronDays? Days, string? Problem) Parse(string days, string weekdays)
    {
        var parsed = new CronDays(days, weekdays);
        var problem = days.Split(',').Select(parsed.ReadDay).FirstOrDefault(p => p is not null)
            ?? weekdays.Split(',').Select(parsed.ReadWeekday).FirstOrDefault(p => p is not null);
        return problem is null ? (parsed, null) : (null, problem);
    }

    public bool Contains(int year, int month, int day)
    {
        var byDay = _days.Contains(day) || _special.Any(fits => fits(year, month, day));
        var byWeekday = _weekdays.Contains((int)new DateOnly(year, month, day).DayOfWeek) || _specialWeekdays.Any(fits => fits(year, month, day));
        // A step such as */2 begins with a star and still leaves days out, so then both have to hold.
        return _anyDay || _anyWeekday ? byDay && byWeekday : byDay || byWeekday;
    }

    /// <summary><c>L</c> the last day, <c>L-3</c> three days before it, <c>LW</c> the last working day, <c>15W</c> the working day nearest to the 15th.</summary>
    private string? ReadDay(string part)
    {
        var text = part.ToUpperInvariant();
        if (text is "L")
        {
            _special.Add((year, month, day) => day == DateTime.DaysInMonth(year, month));
            return null;
        }

        if (text is "LW")
        {
            _special.Add((year, month, day) => day == NearestWorkday(year, month, DateTime.DaysInMonth(year, month)));
            return null;
        }

        if (text.StartsWith("L-", StringComparison.Ordinal) && CronField.Day.Value(text[2..]) is { } before and <= 30)
        {
            _special.Add((year, month, day) => day == DateTime.DaysInMonth(year, month) - before);
            return null;
        }

        if (text.EndsWith('W') && CronField.Day.Value(text[..^1]) is { } near)
        {
            _special.Add((year, month, day) => near <= DateTime.DaysInMonth(year, month) && day == NearestWorkday(year, month, near));
            return null;
        }

        return CronField.Day.ReadPart(part, _days);
    }

    /// <summary><c>5L</c> or <c>FRIL</c> the last Friday, <c>5#3</c> the third one.</summary>
    private string? ReadWeekday(string part)
    {
        var text = part.ToUpperInvariant();
        if (text.Length > 1 && text.EndsWith('L') && CronField.Weekday.Value(text[..^1]) is { } last)
        {
            _specialWeekdays.Add((year, month, day) => Is(year, month, day, last) && day + 7 > DateTime.DaysInMonth(year, month));
            return null;
        }

        if (text.Split('#') is [var name, [>= '1' and <= '5' and var nth]] && CronField.Weekday.Value(name) is { } weekday)
        {
            _specialWeekdays.Add((year, month, day) => Is(year, month, day, weekday) && (day - 1) / 7 == nth - '1');
            return null;
        }

        return CronField.Weekday.ReadPart(part, _weekdays);
    }

    private static bool Is(int year, int month, int day, int weekday) => (int)new DateOnly(year, month, day).DayOfWeek == weekday % 7;

    /// <summary>Within the month: a Saturday goes back to Friday, a Sunday on to Monday, unless that is another month's.</summary>
    private static int NearestWorkday(int year, int month, int day) => new DateOnly(year, month, day).DayOfWeek switch
    {
        DayOfWeek.Saturday => day > 1 ? day - 1 : day + 2,
        DayOfWeek.Sunday => day < DateTime.DaysInMonth(year, month) ? day + 1 : day - 2,
        _ => day,
    };
}

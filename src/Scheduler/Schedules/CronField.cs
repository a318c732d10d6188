using System.Globalization;

namespace Agents.Scheduler.Schedules;

/// <summary>How one field of a cron expression is written: numbers, names, lists, ranges, steps.</summary>
/// <param name="Cycle">After so many values it begins anew; a range may go over that.</param>
/// <param name="Names">The first stands for <paramref name="Min"/>.</param>
internal sealed record CronField(string Name, int Min, int Max, int Cycle, string[]? Names = null)
{
    public static readonly CronField Second = new("second", 0, 59, 60);
    public static readonly CronField Minute = new("minute", 0, 59, 60);
    public static readonly CronField Hour = new("hour", 0, 23, 24);
    public static readonly CronField Day = new("day of month", 1, 31, 31);

    public static readonly CronField Month = new(
        "month", 1, 12, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);

    /// <summary>Unix numbers: 0 and 7 are both Sunday.</summary>
    public static readonly CronField Weekday = new("day of week", 0, 7, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    public static readonly CronField Year = new("year", 1970, 2199, int.MaxValue);

    public bool IsCyclic => Cycle != int.MaxValue;

    public CronSet NewSet() => new(Min, Max);

    /// <summary>All of a list; null where it is in order, else what is wrong with it.</summary>
    public string? Read(string text, CronSet into) => text.Split(',').Select(part => ReadPart(part, into)).FirstOrDefault(problem => problem is not null);

    /// <summary>One part of a list: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>*/10</c>, <c>10-50/5</c>, <c>5/15</c>.</summary>
    public string? ReadPart(string part, CronSet into)
    {
        var (range, step) = part.Split('/') switch
        {
            [var all] => (all, 1),
            [var before, var after] when int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => (before, number),
            _ => ("", 0),
        };
        if (range.Length == 0)
        {
            return $"the {Name} has '{part}', which is not understood";
        }

        if (step < 1 || step > Math.Max(Max - Min, 1))
        {
            return $"the {Name} has a step of {step}, and it must be from 1 to {Max - Min}";
        }

        var top = IsCyclic ? Min + Cycle - 1 : Max;
        var ends = range is "*" or "?" ? [Min, top] : range.Split('-').Select(Value).ToArray();
        if (ends.Length > 2 || ends.Any(end => end is null))
        {
            return $"the {Name} has '{range}', and it must be from {Min} to {Max}{(Names is null ? "" : $" or {Names[0]} to {Names[^1]}")}";
        }

        var from = ends[0]!.Value;
        var to = ends.Length == 2 ? ends[1]!.Value : part.Contains('/', StringComparison.Ordinal) ? Math.Max(top, from) : from;
        if (to < from && !IsCyclic)
        {
            return $"the {Name} has '{range}', which ends before it begins";
        }

        var span = to >= from ? to - from : to - from + Cycle;
        for (var i = 0; i <= span; i += step)
        {
            into.Add(IsCyclic ? Min + ((from - Min + i) % Cycle) : from + i);
        }

        return null;
    }

    /// <summary>A number or a name; null where it is neither, or out of bounds.</summary>
    public int? Value(string text)
    {
        var named = Names is null ? -1 : Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return named >= 0 ? Min + named
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= Min && value <= Max ? value
            : null;
    }
}

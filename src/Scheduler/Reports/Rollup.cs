using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Reports;

/// <summary>How fine a row of figures is. Each ended task counts in one row of each level; 2 is no longer written.</summary>
internal enum RollupLevel : short
{
    /// <summary>An hour of one agent, post, device, owner and type.</summary>
    Hour = 0,

    /// <summary>The same, of a day in UTC.</summary>
    Day = 1,

    /// <summary>Of one agent, post and device, for whomever and whatever.</summary>
    AgentHour = 3,
    AgentDay = 4,
    AgentWeek = 5,

    /// <summary>Of one type, and nothing else.</summary>
    TypeHour = 6,
    TypeDay = 7,

    /// <summary>Of one owner, and nothing else.</summary>
    OwnerHour = 8,
    OwnerDay = 9,
    OwnerWeek = 10,

    /// <summary>Of all there is.</summary>
    AllHour = 11,
}

internal sealed record RollupKey(RollupLevel Level, DateTimeOffset At, string Owner, string Agent, string Post, string Device, string Type);

/// <summary>Figures that add up.</summary>
internal sealed class Tally
{
    public long Done { get; set; }

    public long Failed { get; set; }

    public long Canceled { get; set; }

    public long Retries { get; set; }

    public UsageSum Usage { get; set; } = new(0, 0, 0);

    public long Ended => Done + Failed + Canceled;

    /// <summary>Seconds.</summary>
    public double Waited { get; set; }

    public double Ran { get; set; }

    public Histogram Waits { get; } = new();

    public Histogram Runs { get; } = new();

    public void Add(WorkFact fact)
    {
        Done += fact.Status is TaskStatus.Done ? 1 : 0;
        Failed += fact.Status is TaskStatus.Failed ? 1 : 0;
        Canceled += fact.Status is TaskStatus.Canceled ? 1 : 0;
        Retries += Math.Max(0, fact.Accepted - 1);
        Usage = Usage.Plus(fact.Used);
        if (fact.StartedAt is { } started)
        {
            // Clocks of two machines made these times.
            var (wait, run) = (Positive(started - fact.CreatedAt), Positive(fact.At - started));
            Waited += wait.TotalSeconds;
            Ran += run.TotalSeconds;
            Waits.Add(wait);
            Runs.Add(run);
        }
    }

    public void Add(Tally other)
    {
        Done += other.Done;
        Failed += other.Failed;
        Canceled += other.Canceled;
        Retries += other.Retries;
        Usage = Usage.Plus(other.Usage);
        Waited += other.Waited;
        Ran += other.Ran;
        Waits.Add(other.Waits.Pack());
        Runs.Add(other.Runs.Pack());
    }

    public WorkFigures Figures(string? key) => new(
        key, Ended, Done, Failed, Canceled, Done + Failed > 0 ? Math.Round((double)Done / (Done + Failed), 6) : null, Retries,
        Times(Waits, Waited), Times(Runs, Ran), Usage with { CostUsd = Math.Round(Usage.CostUsd, 6) });

    private static WorkTimes Times(Histogram times, double sum) => new(
        Seconds(times.Percentile(0.5)), Seconds(times.Percentile(0.95)), times.Count > 0 ? Math.Round(sum / times.Count, 6) : null);

    private static double? Seconds(TimeSpan? time) => time is { } some ? Math.Round(some.TotalSeconds, 6) : null;

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}

/// <summary>Gathers what ended into rows of figures. Pure.</summary>
internal sealed class Rollups
{
    /// <summary>A week of figures has eight days, counted from 1970: so many that the days beside whole ones are as few as the weeks of two months.</summary>
    public const int DaysOfWeek = 8;

    private readonly Dictionary<RollupKey, Tally> _rows = [];

    public IReadOnlyDictionary<RollupKey, Tally> Rows => _rows;

    /// <param name="post">Of the task, or else of its agent.</param>
    public void Add(WorkFact fact, string? post)
    {
        var at = fact.At.ToUniversalTime();
        var day = new DateTimeOffset(at.Date, TimeSpan.Zero);
        var (hour, week) = (day.AddHours(at.Hour), WeekOf(day));
        var fine = new RollupKey(RollupLevel.Hour, hour, fact.Owner, fact.Agent ?? "", post ?? "", fact.Device ?? "", fact.Type);
        var agent = fine with { Level = RollupLevel.AgentHour, Owner = "", Type = "" };
        var type = new RollupKey(RollupLevel.TypeHour, hour, "", "", "", "", fact.Type);
        var owner = new RollupKey(RollupLevel.OwnerHour, hour, fact.Owner, "", "", "", "");
        RollupKey[] keys =
        [
            fine, fine with { Level = RollupLevel.Day, At = day },
            agent, agent with { Level = RollupLevel.AgentDay, At = day }, agent with { Level = RollupLevel.AgentWeek, At = week },
            type, type with { Level = RollupLevel.TypeDay, At = day },
            owner, owner with { Level = RollupLevel.OwnerDay, At = day }, owner with { Level = RollupLevel.OwnerWeek, At = week },
            new(RollupLevel.AllHour, hour, "", "", "", "", ""),
        ];
        foreach (var key in keys)
        {
            Row(key).Add(fact);
        }
    }

    /// <summary>The first day of its week.</summary>
    public static DateTimeOffset WeekOf(DateTimeOffset day) => day.AddDays(-((int)(day - DateTimeOffset.UnixEpoch).TotalDays % DaysOfWeek));

    private Tally Row(RollupKey key)
    {
        if (!_rows.TryGetValue(key, out var row))
        {
            _rows[key] = row = new();
        }

        return row;
    }
}

using Agents.Contracts.Registry;

namespace Agents.Registry.Metrics;

/// <summary>What is asked for, brought onto the grid of a store that can answer it. Pure.</summary>
internal sealed record MetricPlan(MetricStore Store, DateTimeOffset From, DateTimeOffset To, TimeSpan Step)
{
    public const int MaxItems = 2_000;

    private const int WantedItems = 120;

    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(366);

    /// <summary>The steps that people think in, in seconds.</summary>
    private static readonly int[] RoundSteps =
        [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

    /// <summary>The plan, or the field that is wrong and why.</summary>
    public static (MetricPlan? Plan, string Field, string Problem) Make(DateTimeOffset? from, DateTimeOffset? to, int? step, DateTimeOffset now)
    {
        if (from > now + MetricRules.MaxAhead)
        {
            return (null, "from", "must not lie in the future");
        }

        var until = Min(to ?? now, now + MetricRules.MaxAhead);
        if (until <= now - LongestSpan)
        {
            return (null, "to", "lies further back than anything is kept, a year");
        }

        var since = from ?? until - DefaultSpan;
        if (since >= until)
        {
            return (null, "from", "must be before to");
        }

        if (step is < 1 or > 31 * 86_400)
        {
            return (null, "step", "must be between 1 and 2678400 seconds");
        }

        since = Max(since, now - LongestSpan);
        var wanted = TimeSpan.FromSeconds(step ?? RoundStep(until - since));
        var store = StoreFor(wanted, since, now);
        // A coarser store has coarser steps, and whole ones.
        var made = wanted <= store.Grain ? store.Grain : Ceiling(wanted, store.Grain);
        var begin = MetricStore.Floor(since, made);
        var items = Math.Ceiling((until - begin) / made);
        return items <= MaxItems
            ? (new(store, begin, begin + (made * items), made), "", "")
            : (null, "step", $"makes {items:0} items of this time; at most {MaxItems} are told at once");
    }

    private static MetricStore StoreFor(TimeSpan step, DateTimeOffset since, DateTimeOffset now) =>
        MetricStore.All.LastOrDefault(store => store.Grain <= step && since >= now - store.KeptFor)
        ?? MetricStore.All.FirstOrDefault(store => since >= now - store.KeptFor)
        ?? MetricStore.Hours;

    private static int RoundStep(TimeSpan span)
    {
        var least = span.TotalSeconds / WantedItems;
        var index = Array.FindIndex(RoundSteps, step => step >= least);
        return index < 0 ? RoundSteps[^1] : RoundSteps[index];
    }

    private static TimeSpan Ceiling(TimeSpan value, TimeSpan grain) => grain * Math.Ceiling(value / grain);

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

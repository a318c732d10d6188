using Agents.Scheduler.Reports;

namespace Agents.Tests.Units.Scheduler.Reports;

public sealed class HistogramTests
{
    [Fact]
    public void Percentile_OfAnyTimes_IsOffByFivePercentAtMost()
    {
        var random = new Random(7);
        List<TimeSpan> times = [.. Enumerable.Range(0, 10_000).Select(_ => TimeSpan.FromMicroseconds(Math.Pow(10, 1 + (random.NextDouble() * 11))))];
        var histogram = Of(times);
        times.Sort();

        foreach (var share in new[] { 0.001, 0.05, 0.5, 0.95, 0.999, 1 })
        {
            var exact = times[(int)Math.Ceiling(share * times.Count) - 1];
            Assert.InRange(histogram.Percentile(share)!.Value / exact, 0.95, 1.05);
        }
    }

    [Fact]
    public void Add_OfPackedOnes_IsTheSameAsOfAllTheirTimes()
    {
        TimeSpan[] some = [TimeSpan.Zero, TimeSpan.FromMilliseconds(3), TimeSpan.FromDays(30)];
        TimeSpan[] others = [TimeSpan.FromMilliseconds(3), TimeSpan.FromSeconds(1), TimeSpan.MaxValue];

        var added = Of(some);
        added.Add(Of(others).Pack());

        Assert.Equal(Of([.. some, .. others]).Pack(), added.Pack());
        Assert.Equal(6, added.Count);
    }

    [Fact]
    public void Percentile_OfNothing_IsNone() => Assert.Null(new Histogram().Percentile(0.5));

    [Fact]
    public void Percentile_OfNoTimeAtAll_IsZero() => Assert.Equal(TimeSpan.Zero, Of([TimeSpan.Zero]).Percentile(0.95));

    private static Histogram Of(IEnumerable<TimeSpan> times)
    {
        var histogram = new Histogram();
        foreach (var time in times)
        {
            histogram.Add(time);
        }

        return histogram;
    }
}

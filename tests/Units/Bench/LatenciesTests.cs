using System.Diagnostics;
using Agents.Bench.Figures;

namespace Agents.Tests.Units.Bench;

public sealed class LatenciesTests
{
    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(0.999, 100)]
    [InlineData(1, 100)]
    [InlineData(0, 1)]
    public void Percentile_OfOneToAHundred_IsTheNearestRank(double share, int milliseconds)
    {
        var latencies = new Latencies();
        foreach (var n in Enumerable.Range(1, 100).Reverse())
        {
            latencies.Add(n * Stopwatch.Frequency / 1000);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), latencies.Percentile(share));
    }

    [Fact]
    public void Percentile_AfterMoreCameIn_SeesThem()
    {
        var (latencies, more) = (new Latencies(), new Latencies());
        latencies.Add(Stopwatch.Frequency);
        Assert.Equal(TimeSpan.FromSeconds(1), latencies.Percentile(1));

        more.Add(2 * Stopwatch.Frequency);
        latencies.Add(more);

        Assert.Equal((2, TimeSpan.FromSeconds(2)), (latencies.Count, latencies.Percentile(1)));
    }

    [Fact]
    public void Percentile_OfNothing_IsZero() => Assert.Equal(TimeSpan.Zero, new Latencies().Percentile(0.99));
}

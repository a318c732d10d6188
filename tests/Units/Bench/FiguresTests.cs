using Agents.Bench.Figures;

namespace Agents.Tests.Units.Bench;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 2, 3 }, 2.5)]
    [InlineData(new double[] { 7 }, 7)]
    public void Median_OfUnsortedValues_IsTheMiddle(double[] values, double median) => Assert.Equal(median, Median.Of(values));

    [Fact]
    public void ProcessTimes_NameWithParenthesesAndBlanks_IsNotCountedIntoTheFields()
    {
        var times = ProcessTimes.Parse("4711 (.NET (a b) x) S 42 4711 4711 0 -1 4194560 100 200 0 0 150 50 30 20 20 0 12 0 1000 0 0");

        Assert.Equal(new ProcessTimes(Parent: 42, Own: 200, Reaped: 50), times);
    }

    [Fact]
    public void MachineTimes_IdleAndWaitingAndGuests_DoNotCount() =>
        Assert.Equal(1.0 + 0.02 + 0.5 + 0.03 + 0.04 + 0.05, MachineTimes.Parse("cpu  100 2 50 90000 700 3 4 5 60 7"), precision: 6);

    [Fact]
    public void Others_OfAMachineThatDidMore_IsTheRest()
    {
        var before = new CpuTimes(100, new Dictionary<string, double> { ["bench"] = 10, ["gateway"] = 20 });
        var after = new CpuTimes(106, new Dictionary<string, double> { ["bench"] = 11, ["gateway"] = 23 });

        Assert.Equal(2, after.Since(before).Others);
    }

    [Fact]
    public void Others_WhereNotAllPartsAreKnown_IsNothing() =>
        Assert.Equal(0, new CpuTimes(null, new Dictionary<string, double> { ["bench"] = 10 }).Others);

    [Fact]
    public void ResidentMemory_Parse_IsInBytes() =>
        Assert.Equal(2_097_152, ResidentMemory.Parse(["Name:\tdotnet", "VmHWM:\t    4096 kB", "VmRSS:\t    2048 kB"]));
}

using System.Globalization;
using Agents.Registry.Metrics;

namespace Agents.Tests.Units.Registry;

public sealed class MetricPlanTests
{
    private static readonly DateTimeOffset Now = At("2026-11-21T12:34:56Z");

    [Theory]
    [InlineData("2026-11-21T11:34:56Z", 30, "metric_points", 30)]
    [InlineData("2026-11-21T11:34:56Z", 60, "metric_minutes", 60)]
    [InlineData("2026-11-21T11:34:56Z", 90, "metric_minutes", 120)]
    [InlineData("2026-11-20T12:00:00Z", 300, "metric_minutes", 300)]
    [InlineData("2026-11-20T12:00:00Z", 45, "metric_minutes", 60)]
    [InlineData("2026-11-01T00:00:00Z", 3600, "metric_hours", 3600)]
    [InlineData("2026-09-01T00:00:00Z", 300, "metric_hours", 3600)]
    [InlineData("2026-09-01T00:00:00Z", 90_000, "metric_hours", 90_000)]
    public void Make_FromAndStep_ChooseTheStore(string from, int step, string store, int made)
    {
        var (plan, _, _) = MetricPlan.Make(At(from), Now, step, Now);

        Assert.Equal((store, made), (plan!.Store.Table, (int)plan.Step.TotalSeconds));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("2026-11-20T12:34:56Z", 900)]
    [InlineData("2026-11-14T12:34:56Z", 7200)]
    [InlineData("2025-11-21T12:34:56Z", 604_800)]
    public void Make_NoStep_MakesAboutAHundredItems(string? from, int step)
    {
        var (plan, _, _) = MetricPlan.Make(from is null ? null : At(from), null, null, Now);

        Assert.Equal(step, (int)plan!.Step.TotalSeconds);
    }

    [Fact]
    public void Make_CrookedTimes_AreBroughtOntoTheGrid()
    {
        var (plan, _, _) = MetricPlan.Make(At("2026-11-21T11:01:10Z"), At("2026-11-21T11:16:10Z"), 600, Now);

        Assert.Equal((At("2026-11-21T11:00:00Z"), At("2026-11-21T11:20:00Z")), (plan!.From, plan.To));
    }

    [Theory]
    [InlineData("2026-11-21T13:00:00Z", null, null, "from")]
    [InlineData("2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z", null, "from")]
    [InlineData(null, "0001-01-01T00:00:00Z", null, "to")]
    [InlineData("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", null, "to")]
    [InlineData("2026-11-21T11:00:00Z", null, 0, "step")]
    [InlineData("2026-11-21T11:00:00Z", null, 1, "step")]
    public void Make_Nonsense_NamesTheField(string? from, string? to, int? step, string field)
    {
        var (plan, wrong, _) = MetricPlan.Make(from is null ? null : At(from), to is null ? null : At(to), step, Now);

        Assert.Equal((null, field), (plan, wrong));
    }

    [Theory]
    [InlineData("2026-11-21T12:34:56.789Z", "metric_points_2026112112")]
    [InlineData("1969-12-31T23:59:59Z", "metric_points_1969123123")]
    public void PartitionName_AnyTime_IsOfItsHour(string at, string name) =>
        Assert.Equal(name, MetricStore.Points.PartitionName(MetricStore.Points.PartitionAt(At(at))));

    [Fact]
    public void SeriesKey_LabelsInAnyOrder_AreTheSame()
    {
        var one = SeriesKey.Of(new("d", null, "n", 1, Now, new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }));
        var other = SeriesKey.Of(new("d", null, "n", 2, Now, new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }));

        Assert.Equal(one, other);
        Assert.Equal(one.LabelsHash(), other.LabelsHash());
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

using Agents.Scheduler.Schedules;
using static Agents.Tests.Units.Scheduler.SchedulesNextTimesTests;

namespace Agents.Tests.Units.Scheduler;

public sealed class SchedulesDueTimesTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset Now = At("2027-01-01T12:00:02Z");

    [Theory]
    // First one late; so many fired, so many missed.
    [InlineData("skip", 0, 1, 0)]
    [InlineData("skip", 4, 5, 0)]
    [InlineData("once", 4, 5, 0)]
    [InlineData("all", 4, 5, 0)]
    [InlineData("skip", 60, 1, 60)]
    [InlineData("once", 60, 1, 60)]
    [InlineData("all", 60, 61, 0)]
    public void Of_EverySecond_AsThePolicySays(string misfire, int late, int fired, int missed)
    {
        var due = DueTimes.Of(Times("* * * * * *", "UTC"), Now.AddSeconds(-late), Now, Now, misfire, Grace);

        Assert.Equal((fired, missed, false, Now), (due.Fire.Count, due.Missed.Count, due.AndMore, due.Last));
    }

    [Theory]
    [InlineData("skip", 1, 3)]
    [InlineData("once", 1, 3)]
    [InlineData("all", 4, 0)]
    public void Of_EveryHour_ThePresentOneIsFired(string misfire, int fired, int missed)
    {
        var due = DueTimes.Of(Times("0 0 * * * *", "UTC"), At("2027-01-01T09:00Z"), Now, Now, misfire, Grace);

        Assert.Equal((fired, missed, At("2027-01-01T12:00Z")), (due.Fire.Count, due.Missed.Count, due.Fire[^1]));
    }

    [Theory]
    [InlineData("skip", 0, 3)]
    [InlineData("once", 1, 2)]
    [InlineData("all", 3, 0)]
    public void Of_EveryHourAndLate_NoneIsPresent(string misfire, int fired, int missed)
    {
        var now = At("2027-01-01T11:30Z");

        var due = DueTimes.Of(Times("0 0 * * * *", "UTC"), At("2027-01-01T09:00Z"), now, now, misfire, Grace);

        Assert.Equal((fired, missed, At("2027-01-01T11:00Z")), (due.Fire.Count, due.Missed.Count, due.Last));
    }

    [Fact]
    public void Of_TooMany_TheLatestThousand()
    {
        var due = DueTimes.Of(Times("* * * * * *", "UTC"), Now.AddDays(-30), Now, Now, "all", Grace);

        Assert.Equal((DueTimes.Most, true, Now), (due.Fire.Count, due.AndMore, due.Last));
    }

    [Fact]
    public void Of_EndedMeanwhile_NoneBeyondTheEnd()
    {
        var due = DueTimes.Of(Times("0 0 * * * *", "UTC"), At("2027-01-01T09:00Z"), At("2027-01-01T10:00Z"), Now, "all", Grace);

        Assert.Equal([At("2027-01-01T09:00Z"), At("2027-01-01T10:00Z")], due.Fire);
    }
}

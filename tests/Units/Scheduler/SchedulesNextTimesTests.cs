using System.Globalization;
using Agents.Scheduler.Schedules;

namespace Agents.Tests.Units.Scheduler;

public sealed class SchedulesNextTimesTests
{
    [Theory]
    // Forward: what does not exist comes as soon as the clocks have been changed, once.
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2027-03-27T00:00Z", "27 02:30:00+01:00", "28 03:00:00+02:00", "29 02:30:00+02:00")]
    [InlineData("0 0,30 2 * * *", "Europe/Berlin", "2027-03-28T00:00Z", "28 03:00:00+02:00", "29 02:00:00+02:00")]
    [InlineData("0 30 2 * * *", "America/New_York", "2027-03-13T12:00Z", "14 03:00:00-04:00", "15 02:30:00-04:00")]
    // Lord Howe's clocks are changed by half an hour.
    [InlineData("0 15 2 * * *", "Australia/Lord_Howe", "2027-10-02T00:00Z", "03 02:30:00+11:00", "04 02:15:00+11:00")]
    // Back: what comes twice counts the first time.
    [InlineData("0 30 2 * * *", "Europe/Berlin", "2027-10-30T12:00Z", "31 02:30:00+02:00", "01 02:30:00+01:00")]
    [InlineData("0 30 1 * * *", "America/New_York", "2027-11-06T12:00Z", "07 01:30:00-04:00", "08 01:30:00-05:00")]
    [InlineData("0 45 1 * * *", "Australia/Lord_Howe", "2027-04-03T00:00Z", "04 01:45:00+11:00", "05 01:45:00+10:30")]
    // What goes by hours leaves out none and makes up none.
    [InlineData("0 30 * * * *", "Europe/Berlin", "2027-03-28T00:00Z", "28 01:30:00+01:00", "28 03:30:00+02:00", "28 04:30:00+02:00")]
    [InlineData("0 30 * * * *", "Europe/Berlin", "2027-10-31T00:00Z", "31 02:30:00+02:00", "31 02:30:00+01:00", "31 03:30:00+01:00")]
    [InlineData("0 0 */2 * * *", "Europe/Berlin", "2027-03-27T23:30Z", "28 04:00:00+02:00", "28 06:00:00+02:00")]
    [InlineData("0 0/30 * * * *", "Australia/Lord_Howe", "2027-04-03T14:00Z", "04 01:30:00+11:00", "04 01:30:00+10:30", "04 02:00:00+10:30")]
    // A zone of half an hour, and one of three quarters, whose clocks are never changed.
    [InlineData("0 0 9 * * *", "Asia/Kolkata", "2027-01-01T03:30Z", "02 09:00:00+05:30", "03 09:00:00+05:30")]
    [InlineData("0 0 9 * * *", "Asia/Kathmandu", "2027-01-01T00:00Z", "01 09:00:00+05:45")]
    [InlineData("0 0 0 * * *", "UTC", "2027-12-31T00:00Z", "01 00:00:00+00:00", "02 00:00:00+00:00")]
    public void AllAfter_ClocksAreChanged_AsTheWallShowsIt(string cron, string zone, string after, params string[] expected)
    {
        var times = Times(cron, zone);

        var local = times.AllAfter(At(after)).Take(expected.Length)
            .Select(at => TimeZoneInfo.ConvertTime(at, times.Zone).ToString("dd HH:mm:sszzz", CultureInfo.InvariantCulture));

        Assert.Equal(expected, local);
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public void AllAfter_TenMinutesOfAYear_EachOnce(string zone)
    {
        var begin = At("2027-01-01T00:00Z");

        var times = Times("0 */10 * * * *", zone).AllAfter(begin).TakeWhile(at => at < begin.AddDays(365)).ToList();

        Assert.Equal((365 * 24 * 6) - 1, times.Count);
        Assert.Equal(times.Count, times.Distinct().Count());
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void After_YearsAreOver_Null() => Assert.Null(Times("0 0 0 1 1 * 2027", "Europe/Berlin").After(At("2027-06-01T00:00Z")));

    [Fact]
    public void Latest_MoreThanAreWanted_TheLastOnesWithBothEnds()
    {
        var (from, to) = (At("2020-01-01T00:00Z"), At("2027-01-01T00:00Z"));

        var times = Times("* * * * * *", "UTC").Latest(from, to, 3);

        Assert.Equal([to.AddSeconds(-2), to.AddSeconds(-1), to], times);
        Assert.Equal([from, to], Times("0 0 0 1 1 * 2020,2027", "UTC").Latest(from, to, 1000));
    }

    internal static NextTimes Times(string cron, string zone) => new(CronSchedule.Parse(cron).Schedule!, TimeZoneInfo.FindSystemTimeZoneById(zone));

    internal static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

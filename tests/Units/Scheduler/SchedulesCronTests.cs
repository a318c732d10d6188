using System.Globalization;
using Agents.Scheduler.Schedules;

namespace Agents.Tests.Units.Scheduler;

public sealed class SchedulesCronTests
{
    [Theory]
    // Five fields are those without the second.
    [InlineData("30 4 * * *", "2027-01-01 04:30:00", "2027-01-02 04:30:00")]
    [InlineData("*/20 * * * * *", "2027-01-01 00:00:00", "2027-01-01 00:00:20", "2027-01-01 00:00:40", "2027-01-01 00:01:00")]
    [InlineData("5/25 59 23 * * ?", "2027-01-01 23:59:05", "2027-01-01 23:59:30", "2027-01-01 23:59:55", "2027-01-02 23:59:05")]
    [InlineData("0 0 22-1/3 * * *", "2027-01-01 01:00:00", "2027-01-01 22:00:00", "2027-01-02 01:00:00")]
    // End of month: what a month does not have is left out, and L is always there.
    [InlineData("0 0 0 31 * *", "2027-01-31 00:00:00", "2027-03-31 00:00:00", "2027-05-31 00:00:00")]
    [InlineData("0 0 0 L * *", "2027-01-31 00:00:00", "2027-02-28 00:00:00", "2027-03-31 00:00:00")]
    [InlineData("0 0 0 L-2 2 *", "2027-02-26 00:00:00", "2028-02-27 00:00:00")]
    [InlineData("0 0 0 LW * *", "2027-01-29 00:00:00", "2027-02-26 00:00:00", "2027-03-31 00:00:00")]
    // The 15th of August 2027 is a Sunday; the 1st of May a Saturday, and Friday would be another month's.
    [InlineData("0 0 0 15W 8 *", "2027-08-16 00:00:00")]
    [InlineData("0 0 0 1W 5 *", "2027-05-03 00:00:00")]
    // Leap days; 2100 has none.
    [InlineData("0 0 0 29 2 *", "2028-02-29 00:00:00", "2032-02-29 00:00:00")]
    [InlineData("0 0 0 29 2 ? 2097-2199", "2104-02-29 00:00:00")]
    // Weekdays: 0 and 7 are Sunday, and so is SUN.
    [InlineData("0 0 9 * * 7", "2027-01-03 09:00:00", "2027-01-10 09:00:00")]
    [InlineData("0 0 9 * * sun,0,7", "2027-01-03 09:00:00", "2027-01-10 09:00:00")]
    [InlineData("0 0 9 ? * MON-FRI", "2027-01-01 09:00:00", "2027-01-04 09:00:00")]
    [InlineData("0 0 9 * * FRI-MON", "2027-01-01 09:00:00", "2027-01-02 09:00:00", "2027-01-03 09:00:00", "2027-01-04 09:00:00", "2027-01-08 09:00:00")]
    [InlineData("0 0 9 * * 5#3", "2027-01-15 09:00:00", "2027-02-19 09:00:00")]
    [InlineData("0 0 9 * * FRIL", "2027-01-29 09:00:00", "2027-02-26 09:00:00")]
    // Where both are given either will do.
    [InlineData("0 0 0 13 * FRI", "2027-01-01 00:00:00", "2027-01-08 00:00:00", "2027-01-13 00:00:00")]
    [InlineData("0 0 0 1 JAN,jul * 2028", "2028-01-01 00:00:00", "2028-07-01 00:00:00")]
    public void AtOrAfter_Expression_ItsTimesInOrder(string cron, params string[] expected)
    {
        var (schedule, problem) = CronSchedule.Parse(cron);
        Assert.Null(problem);

        var from = new DateTime(2027, 1, 1);
        foreach (var time in expected)
        {
            var next = schedule!.AtOrAfter(from)!.Value;
            Assert.Equal(time, next.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            from = next.AddSeconds(1);
        }
    }

    [Theory]
    [InlineData("", "fields")]
    [InlineData("* * * *", "fields")]
    [InlineData("* * * * * * * *", "fields")]
    [InlineData("60 * * * * *", "second")]
    [InlineData("* 60 * * * *", "minute")]
    [InlineData("0 0 24 * * *", "hour")]
    [InlineData("0 0 0 32 * *", "day of month")]
    [InlineData("0 0 0 0 * *", "day of month")]
    [InlineData("0 0 0 1 13 *", "month")]
    [InlineData("0 0 0 1 JANUARY *", "month")]
    [InlineData("0 0 0 * * 8", "day of week")]
    [InlineData("0 0 0 * * 5#6", "day of week")]
    [InlineData("0 0 0 * * L", "day of week")]
    [InlineData("0 0 0 1 1 * 1969", "year")]
    [InlineData("0 0 0 1 1 * 2030-2027", "year")]
    [InlineData("0 */0 * * * *", "step")]
    [InlineData("0 */99999999999 * * * *", "minute")]
    [InlineData("0 1/2/3 * * * *", "minute")]
    [InlineData("0 1- * * * *", "minute")]
    [InlineData("0 -1 * * * *", "minute")]
    [InlineData("0 1,,2 * * * *", "minute")]
    [InlineData("0 +1 * * * *", "minute")]
    [InlineData("@daily", "fields")]
    [InlineData("0 0 0 30 2 *", "never")]
    [InlineData("0 0 0 31 4,6,9,11 *", "never")]
    [InlineData("0 0 0 29 2 ? 2027", "never")]
    public void Parse_NotInOrder_SaysWhatIsWrong(string cron, string expected)
    {
        var (schedule, problem) = CronSchedule.Parse(cron);

        Assert.Null(schedule);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}

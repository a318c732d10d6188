using Agents.Tests.App.Registry;
using static Agents.Tests.App.Work.ScheduleCalls;

namespace Agents.Tests.App.Work;

/// <summary>Quartz alone: nobody else looks for what is due.</summary>
public sealed class ScheduleWakeUpTests(ScheduleWakeUpTests.Unswept app) : IClassFixture<ScheduleWakeUpTests.Unswept>
{
    private static readonly TimeSpan Prompt = TimeSpan.FromMilliseconds(300);

    [Fact(DisplayName = "Quartz wakes us within 300 ms of a schedule's second, where nothing else would look for it for ten minutes")]
    public async Task AtItsSecond()
    {
        var admin = await app.AdminAsync();
        var agent = await Fleet.AgentAsync(admin, new { name = "woken" });
        var id = await admin.ScheduleAsync(new { name = "each", cron = EverySecond, task = new { agent_id = agent } });

        var firings = await admin.FiringsAsync(id, 9);
        await admin.DoAsync(id, "pause");

        EachSecondOnce(firings);
        // The best of nine: a machine that has much to do is late with some, and who only looked now and then would be with all.
        var late = firings.Select(firing => firing.GetProperty("fired_at").GetDateTimeOffset() - firing.GetProperty("scheduled_at").GetDateTimeOffset()).Order().ToList();
        TestContext.Current.SendDiagnosticMessage($"late by {string.Join(", ", late.Select(by => $"{by.TotalMilliseconds:0}"))} ms");
        Assert.InRange(late[0], TimeSpan.Zero, Prompt);
    }

    /// <summary>The sweep comes after ten minutes.</summary>
    public sealed class Unswept : HastyApp
    {
        protected override void Adapt(IDistributedApplicationTestingBuilder builder)
        {
            base.Adapt(builder);
            var scheduler = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "scheduler");
            builder.CreateResourceBuilder(scheduler).WithEnvironment("Schedules__Sweep", "00:10:00");
        }
    }
}

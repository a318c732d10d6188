using Agents.Tests.App.Groups;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Web;

/// <summary>People, what they say, and what they have arranged.</summary>
internal static class ShowcaseTalk
{
    public static async Task<string> PeopleAsync(Api admin)
    {
        var ids = new List<string>();
        foreach (var (name, role) in new[] { ("Mira Okafor", "operator"), ("Jonas Weber", "user"), ("Lin Chen", "viewer") })
        {
            var email = $"{name.Split(' ')[0].ToLowerInvariant()}@fleet.example";
            var made = await admin.PostAsync("/api/v1/users", new { email, name, password = Whole.Person.Password, roles = new[] { role } });
            made.Is(201, 0);
            ids.Add(made.Text("id"));
        }

        foreach (var name in new[] { "nightly builds", "status page" })
        {
            (await admin.PostAsync("/api/v1/auth/keys", new { name, roles = new[] { "viewer" } })).Is(201, 0);
        }

        return ids[0];
    }

    /// <returns>The group, and a message of it that others have answered.</returns>
    public static async Task<(string Group, string Thread)> GroupAsync(Api admin, ShowcaseFleet fleet)
    {
        var (reviewer, engineer) = (fleet.Agent("reviewer-1"), fleet.Agent("release-1"));
        var members = fleet.Agents.Take(6).Select(agent => $"agent:{agent.Id}").ToArray();
        await Chat.GroupAsync(admin, new { name = "Weekly reading", members });
        var group = await Chat.GroupAsync(admin, new { name = "Release 2.4", members });
        await Chat.SayAsync(admin, group, "2.4.0 goes out today, if the packages are signed by noon.");
        var asked = await Chat.SayAsync(admin, group, "@reviewer-1 is there anything in 1289 that should hold it up?");
        await SayAsync(reviewer, group, "No. Two remarks on names, and they can wait for 2.4.1.", asked.Id);
        await SayAsync(engineer, group, "Then I go on: the branch is built, signing is next.", asked.Id);
        await Chat.SayAsync(admin, group, "Good. Say it here when the packages are up.", asked.Id);
        await SayAsync(engineer, group, "Both packages are built:\nagents-2.4.0.tar.gz, 18.4 MB\nagents-2.4.0.deb, 17.9 MB");
        await Chat.SayAsync(admin, group, "Thank you, @release-1.");
        return (group, asked.Id);
    }

    public static async Task<string> SchedulesAsync(Api admin, ShowcaseFleet fleet)
    {
        var nightly = await admin.ScheduleAsync(new { name = "Nightly tests", cron = "0 30 2 * * *", time_zone = "Europe/Berlin", task = new { agent_id = fleet.Agent("release-1").Id, prompt = "Run all tests on main" } });
        await admin.ScheduleAsync(new { name = "Security notices", cron = "0 0 7 * * 1-5", time_zone = "Asia/Tokyo", task = new { agent_id = fleet.Agent("scout-2").Id, prompt = "Read what came overnight" } });
        var paused = await admin.ScheduleAsync(new { name = "Monthly figures", cron = "0 0 9 1 * *", task = new { post_id = fleet.Post, prompt = "Collect the month" } });
        await admin.DoAsync(paused, "pause");
        await admin.DoAsync(nightly, "run");
        var fired = (await admin.FiringsAsync(nightly, 1))[0].Text("task_id")!;
        var machine = fleet.Agent("release-1").Machine;
        await machine.EndAsync(admin, await machine.TakeAsync(admin, fired), "2,318 tests, all of them well.", 0.33);
        return nightly;
    }

    private static async Task SayAsync(ShowcaseAgent by, string group, string content, string? replyTo = null) =>
        (await by.Machine.Machine.Api.PostAsync($"/api/v1/groups/{group}/messages", new { content, agent_id = by.Id, reply_to = replyTo })).Is(201, 0);
}

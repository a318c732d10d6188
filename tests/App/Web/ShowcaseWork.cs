using Agents.Tests.App.Posts;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Web;

/// <summary>Tasks in every state, some of which build upon others.</summary>
internal static class ShowcaseWork
{
    private static readonly (string Agent, string Prompt, string Result, double Cost)[] Ended =
    [
        ("reviewer-1", "Review pull request 1289: keep the session while the laptop sleeps", "Two remarks, nothing that would break.", 0.42),
        ("reviewer-2", "Review pull request 1291: one query in place of eleven", "Approved. The index is used; see the plan in the report.", 0.31),
        ("scout-1", "Which of our packages have had no release for two years?", "Seven, and two of them have a successor.", 0.18),
        ("scout-2", "What do others do about flaky tests?", "They count them, and give each an owner.", 0.27),
        ("reviewer-3", "Review pull request 1294: dark theme for the reports", "Approved, with one question about contrast.", 0.12),
        ("release-2", "Build the nightly images", "Four images, all signed.", 0.09),
    ];

    /// <returns>The one that is at work and has much to show, and the one that asks.</returns>
    public static async Task<(string AtWork, string Asking)> MakeAsync(Api admin, ShowcaseFleet fleet)
    {
        foreach (var (name, prompt, result, cost) in Ended)
        {
            var task = await BeginAsync(admin, fleet.Agent(name), prompt);
            await fleet.Agent(name).Machine.EndAsync(admin, task, result, cost, $"{name}-monday");
        }

        await FailAsync(admin, fleet.Agent("reviewer-4"));
        var atWork = await ReleaseAsync(admin, fleet);
        var asking = await AskAsync(admin, fleet.Agent("release-2"));
        var looking = await BeginAsync(admin, fleet.Agent("scout-3"), "Compare three ways to store sessions, with figures");
        await fleet.Agent("scout-3").Machine.SayAsync(looking, "status", new { text = "Reading the second of three" }, 40);
        await admin.SubmitAsync(new { agent_id = fleet.Agent("scout-1").Id, prompt = "Read the week's security notices, and say which concern us", not_before = TimeProvider.System.GetUtcNow().AddHours(9) });
        await admin.SubmitAsync(new { prompt = "Render the handbook as a book", requires = new { capabilities = new[] { "latex" } }, priority = "high" });
        return (atWork, asking);
    }

    private static async Task<Given> BeginAsync(Api admin, ShowcaseAgent agent, string prompt) =>
        await agent.Machine.TakeAsync(admin, await admin.SubmitAsync(new { agent_id = agent.Id, prompt }));

    private static async Task FailAsync(Api admin, ShowcaseAgent agent)
    {
        var task = await BeginAsync(admin, agent, "Review pull request 1290: a new parser for addresses");
        await agent.Machine.ToolAsync(task, "Bash", new { command = "git fetch origin pull/1290/head" }, "fatal: couldn't find remote ref pull/1290/head", fails: true);
        await agent.Machine.FailAsync(admin, task, "failed", "The branch is gone: it was deleted after the pull request had been closed.", 0.03);
    }

    /// <summary>A release in five steps: two are done, one is at work, two wait for it.</summary>
    private static async Task<string> ReleaseAsync(Api admin, ShowcaseFleet fleet)
    {
        var (engineer, scout) = (fleet.Agent("release-1"), fleet.Agent("scout-2"));
        var labels = new { release = "2.4.0" };
        var made = await admin.PostAsync("/api/v1/tasks/batch", new
        {
            tasks = new object[]
            {
                new { @ref = "changes", agent_id = scout.Id, prompt = "Collect what has changed since 2.3.0", labels },
                new { @ref = "tests", agent_id = engineer.Id, prompt = "Run all tests on the release branch", labels },
                new { @ref = "build", agent_id = engineer.Id, prompt = "Build and sign the packages of 2.4.0", depends_on = new[] { "#changes", "#tests" }, labels },
                new { @ref = "notes", agent_id = scout.Id, prompt = "Write the release notes", depends_on = new[] { "#changes", "#build" }, labels },
                new { @ref = "publish", agent_id = engineer.Id, prompt = "Publish 2.4.0", depends_on = new[] { "#build", "#notes" }, labels },
            },
        });
        made.Is(202, 0);
        var ids = made.Items().Select(task => task.GetProperty("task_id").GetString()!).ToList();
        await scout.Machine.EndAsync(admin, await scout.Machine.TakeAsync(admin, ids[0]), "Forty-one changes, three of which people will see.", 0.22);
        await engineer.Machine.EndAsync(admin, await engineer.Machine.TakeAsync(admin, ids[1]), "2,318 tests, all of them well, in 6 minutes.", 0.35);
        await BuildAsync(engineer.Machine, await engineer.Machine.TakeAsync(admin, ids[2]));
        (await admin.SendAsync(HttpMethod.Post, $"/api/v1/tasks/{ids[2]}/artifacts?name=packages.txt", ArtifactCalls.File("agents-2.4.0.tar.gz\nagents-2.4.0.deb\n"u8.ToArray(), "text/plain"))).Is(201, 0);
        return ids[2];
    }

    private static async Task BuildAsync(ShowcaseMachine machine, Given task)
    {
        await machine.SayAsync(task, "thinking", "The tests are well, so the branch can be tagged. Packages first: a tag that has none would have to be taken back.");
        await machine.SayAsync(task, "text", "I'll build the packages from the release branch, check what is in them, and sign them last.\n");
        await machine.ToolAsync(task, "Bash", new { command = "git switch release/2.4 && git log --oneline -3" }, "8e399dc Say which locale a date is in\n30c4f18 Keep the session while the laptop sleeps\nf48b4b1 One query in place of eleven");
        await machine.ToolAsync(task, "Bash", new { command = "make packages VERSION=2.4.0" }, "agents-2.4.0.tar.gz  18.4 MB\nagents-2.4.0.deb     17.9 MB");
        await machine.ToolAsync(task, "Read", new { path = "packaging/debian/control" }, "Package: agents\nVersion: 2.4.0\nArchitecture: amd64");
        await machine.SayAsync(task, "text", "Both packages are there, and the version in them is right. What is left is the signature.\n");
        await machine.ToolAsync(task, "Bash", new { command = "gpg --verify agents-2.4.0.deb.asc" }, "gpg: can't open 'agents-2.4.0.deb.asc': No such file or directory", fails: true);
        await machine.SayAsync(task, "status", new { text = "Signing: 1 of 2" }, 70);
        await machine.SayAsync(task, "usage", new { input_tokens = 84_210, output_tokens = 3_904, cost_usd = 0.61 });
    }

    private static async Task<string> AskAsync(Api admin, ShowcaseAgent agent)
    {
        var task = await BeginAsync(admin, agent, "Move the staging database to the new disk");
        await agent.Machine.SayAsync(task, "text", "The new disk is mounted and empty. Before the copy the database has to stop for about four minutes.\n");
        await agent.Machine.AskAsync(task, "May I stop the staging database?", "systemctl stop postgresql@17-staging");
        await admin.IsAsync(task.Id, "waiting");
        return task.Id;
    }
}

using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Web;

/// <summary>Machines, posts, and who holds them.</summary>
internal sealed record ShowcaseFleet(IReadOnlyList<ShowcaseMachine> Machines, string Post, IReadOnlyList<ShowcaseAgent> Agents) : IAsyncDisposable
{
    public static async Task<ShowcaseFleet> MakeAsync(AgentsApp app, Api admin)
    {
        List<ShowcaseMachine> machines = [];
        foreach (var (name, site, busy) in new[] { ("forge", "berlin", 0.82), ("atlas", "berlin", 0.44), ("lynx", "osaka", 0.21) })
        {
            machines.Add(await ShowcaseMachine.ConnectAsync(app, await ShowcaseMachine.EnrolAsync(app, admin, name, site, "claude", "docker", "git")));
            await machines[^1].MeasureAsync(busy);
        }

        // It was set up, and is not switched on.
        await ShowcaseMachine.EnrolAsync(app, admin, "kestrel", "osaka", "git");
        var reviewer = await PostAsync(admin, "Code reviewer", "Reads every change before it is merged.", Reviewer("claude-sonnet-4-5", "Read the change as a whole first. Say what would break, and where."));
        var engineer = await PostAsync(admin, "Release engineer", "Builds, signs and ships.", new { role_prompt = "You take a release from its branch to the people who run it. Nothing leaves without its tests.", provider = new { name = "claude" }, concurrency = 4, limits = new { cost_per_day = 40 }, tools = new Dictionary<string, string> { ["Bash"] = "ask", ["*"] = "allow" } });
        var researcher = await PostAsync(admin, "Researcher", "Finds out, and says where it stands.", new { role_prompt = "You answer with sources, or say that there are none.", provider = new { name = "codex", model = "gpt-5" }, concurrency = 4 });
        var ids = machines.Select(machine => machine.Machine.Id).ToArray();
        List<ShowcaseAgent> agents =
        [
            .. await StaffAsync(admin, reviewer, "reviewer-{n}", [ids[0], ids[0], ids[1], ids[2]], machines),
            .. await StaffAsync(admin, engineer, "release-{n}", [ids[0], ids[1]], machines),
            .. await StaffAsync(admin, researcher, "scout-{n}", [ids[1], ids[2], ids[2]], machines),
        ];
        await ChangeAsync(admin, reviewer, "Names the line, too", Reviewer("claude-sonnet-4-5", "Read the change as a whole first. Say what would break, and where: file and line.\n\nPraise is for the author, not for the log."), release: true);
        await ChangeAsync(admin, reviewer, "The bigger model, for a quarter at first", Reviewer("claude-opus-4-5", "Read the change as a whole first. Say what would break, and where: file and line.\n\nPraise is for the author, not for the log."), release: false);
        (await admin.PostAsync($"/api/v1/posts/{reviewer}/rollouts", new { steps = new[] { 25, 50, 100 }, tasks = 20 })).Is(201, 0);
        (await admin.PutAsync($"/api/v1/posts/{reviewer}/secrets/FORGE_TOKEN", new { value = "only the showcase's" })).Is(200, 0);
        return new(machines, reviewer, agents);
    }

    public ShowcaseAgent Agent(string name) => Agents.Single(agent => agent.Name == name);

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in Machines)
        {
            await machine.DisposeAsync();
        }
    }

    private static object Reviewer(string model, string prompt) => new
    {
        role_prompt = $"You review changes for a team that ships every day.\n\n{prompt}",
        skills = new object[] { new { name = "reading-diffs", text = "Begin with the tests: they say what was meant." }, new { name = "security" } },
        provider = new { name = "claude", model, fallbacks = new[] { new { name = "codex", model = "gpt-5" } } },
        limits = new { timeout = 3600, idle = 600, cost_per_task = 4, cost_per_day = 60 },
        requires = new { capabilities = new[] { "git" } },
        concurrency = 4,
        working = new { artifacts = new[] { "report.md" } },
        tools = new Dictionary<string, string> { ["Bash"] = "ask", ["WebFetch"] = "deny", ["*"] = "allow" },
        on_mention = "tell",
    };

    private static async Task<string> PostAsync(Api admin, string name, string description, object template)
    {
        var made = await admin.PostAsync("/api/v1/posts", new { name, description, template, note = "As agreed on Monday" });
        made.Is(201, 0);
        return made.Text("id");
    }

    private static async Task ChangeAsync(Api admin, string post, string note, object template, bool release) =>
        (await admin.PutAsync($"/api/v1/posts/{post}", new { template, note, release })).Is(200, 0);

    private static async Task<IEnumerable<ShowcaseAgent>> StaffAsync(Api admin, string post, string pattern, string[] devices, List<ShowcaseMachine> machines)
    {
        var made = await admin.PostAsync($"/api/v1/posts/{post}/agents", new { devices, name_pattern = pattern });
        made.Is(201, 0);
        return made.Data.GetProperty("agents").EnumerateArray().Select(agent => new ShowcaseAgent(
            agent.GetProperty("id").GetString()!,
            agent.GetProperty("name").GetString()!,
            machines.Single(machine => machine.Machine.Id == agent.GetProperty("device_id").GetString())));
    }
}

internal sealed record ShowcaseAgent(string Id, string Name, ShowcaseMachine Machine);

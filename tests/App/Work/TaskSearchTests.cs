using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>An application that seals what was submitted for searching as soon as there is enough of it.</summary>
public sealed class SealingApp : AgentsApp
{
    protected override void Adapt(IDistributedApplicationTestingBuilder builder)
    {
        var scheduler = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "scheduler");
        builder.CreateResourceBuilder(scheduler).WithEnvironment("Work__TextEvery", "00:00:00.200").WithEnvironment("Work__TextAfter", "00:00:00");
    }
}

/// <summary>Tasks by words of their prompts.</summary>
public sealed class TaskSearchTests(SealingApp app) : IClassFixture<SealingApp>
{
    private const int Block = 4_096;
    private const int InOne = 500;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact(DisplayName = "Tasks are found by words of their prompts, in any script and within words, before they are sealed and after")]
    public async Task Words()
    {
        var (mine, other, admin) = (await app.PersonAsync("user"), await app.PersonAsync("user"), await app.AdminAsync());
        var agent = await Fleet.AgentAsync(admin, new { name = "asleep", token = "a token of its own", concurrency = 1 });
        var latin = await mine.Api.SubmitAsync(new { agent_id = agent, type = "move", prompt = "Deploy the Kangaroo\nat 100%_sure", labels = new { env = "prod" } });
        var chinese = await mine.Api.SubmitAsync(new { agent_id = agent, prompt = "检查数据库的备份" });
        var accents = await mine.Api.SubmitAsync(new { agent_id = agent, prompt = "Die ÜBERGABE an Алексей" });
        var late = await mine.Api.SubmitAsync(new { agent_id = agent, prompt = new string('x', 1_997) + " wallaby" });
        var theirs = await other.Api.SubmitAsync(new { agent_id = agent, prompt = "another kangaroo" });
        await mine.Api.PostAsync($"/api/v1/tasks/{chinese}/cancel");

        await FoundAsync();
        await FillAsync(admin, agent, Block);
        await IsSealedAsync(Guid.Parse(theirs));
        await FoundAsync();

        async Task FoundAsync()
        {
            foreach (var (query, expected) in new (string, string[])[]
            {
                ("kangaroo", [latin]), ("KANGAROO dePLOY", [latin]), ("ngaro", [latin]), ("100%_sure", [latin]), ("100_", []), ("kangaroo wallaby", []), ("xxx", [late]), ("wallaby", []),
                ("数据库", [chinese]), ("库", [chinese]), ("备份 检查", [chinese]), ("库数", []), ("übergabe", [accents]), ("АЛЕКСЕЙ", [accents]), (latin, [latin]), (latin[..^1], [latin]),
            })
            {
                Assert.Equal((query, string.Join(' ', expected)), (query, string.Join(' ', await IdsAsync(mine.Api, $"q={Uri.EscapeDataString(query)}"))));
            }

            Assert.Equal([latin], await IdsAsync(mine.Api, "q=kangaroo&type=move&label=env%3Dprod&label=env&status=queued"));
            Assert.Equal([chinese], await IdsAsync(mine.Api, $"q=数据&status=canceled&agent_id={agent}"));
            Assert.Empty(await IdsAsync(mine.Api, "q=kangaroo&type=chat"));
            Assert.Empty(await IdsAsync(mine.Api, "q=kangaroo&status=done"));
            Assert.Empty(await IdsAsync(mine.Api, "q=kangaroo&to=2020-01-01T00:00:00Z"));
            Assert.Equal([latin], await IdsAsync(mine.Api, "label=env%3Dprod"));
            Assert.Equal([theirs], await IdsAsync(other.Api, "q=kangaroo"));
            Assert.Equal([theirs, latin], await IdsAsync(admin, "q=kangaroo"));
            Assert.Equal([theirs, latin], await IdsAsync(admin, "q=kangaroo", $"/api/v1/agents/{agent}/tasks"));
            Assert.Equal([latin], await IdsAsync(mine.Api, "q=kangaroo", "/api/tasks"));
        }
    }

    [Fact(DisplayName = "A frequent word is paged through without a gap or a repetition, from what came last into what is sealed")]
    public async Task Pages()
    {
        const int Found = 1_800;
        var (admin, mine) = (await app.AdminAsync(), await app.PersonAsync("user"));
        var agent = await Fleet.AgentAsync(admin, new { name = "asleep", token = "a token of its own", concurrency = 1 });
        for (var n = 0; n < 3; n++)
        {
            // Each third but the last is sealed in a block of its own.
            await BatchAsync(mine.Api, agent, "a bandicoot, often", Found / 6);
            await BatchAsync(mine.Api, agent, "a bandicoot, often", Found / 6);
            var last = await mine.Api.SubmitAsync(new { agent_id = agent, prompt = "nothing of the kind" });
            if (n < 2)
            {
                await FillAsync(admin, agent, Block);
                await IsSealedAsync(Guid.Parse(last));
            }
        }

        List<string> seen = [];
        for (string? cursor = null; ;)
        {
            var page = await mine.Api.GetAsync($"/api/v1/tasks?q=BANDICOOT&page_size=100{(cursor is null ? "" : $"&cursor={cursor}")}");
            page.Is(200, 0);
            Assert.Equal((200, true), (page.Data.GetProperty("total").GetInt32(), page.Data.GetProperty("total_capped").GetBoolean()));
            seen.AddRange(page.Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("task_id").GetString()!));
            if (!page.Data.TryGetProperty("cursor", out var next) || next.GetString() is not { } more)
            {
                break;
            }

            cursor = more;
        }

        Assert.Equal(Found, seen.Count);
        Assert.Equal(seen.Distinct().OrderDescending(StringComparer.Ordinal), seen);
        Assert.Equal(seen[40..60], await IdsAsync(mine.Api, "q=bandicoot&page=3"));
    }

    [Fact(DisplayName = "What is too short to be looked for, or too long, is refused by name")]
    public async Task Refused()
    {
        var mine = await app.PersonAsync("user");
        foreach (var query in new[] { "", "%20", "ab", "a b c", "kangaroo%00", new string('x', 201) })
        {
            (await mine.Api.GetAsync($"/api/v1/tasks?q={query}")).Error("q");
        }
    }

    private static async Task<string[]> IdsAsync(Api api, string query, string path = "/api/v1/tasks")
    {
        var found = await api.GetAsync($"{path}?{query}");
        found.Is(200, 0);
        return [.. found.Data.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("task_id").GetString()!)];
    }

    private static async Task FillAsync(Api api, string agent, int count)
    {
        for (var n = 0; n < count; n += InOne)
        {
            await BatchAsync(api, agent, "to fill a block", InOne);
        }
    }

    private static async Task BatchAsync(Api api, string agent, string prompt, int count) =>
        (await api.PostAsync("/api/v1/tasks/batch", new { tasks = Enumerable.Range(0, count).Select(_ => new { agent_id = agent, prompt }) })).Is(202, 0);

    private Task IsSealedAsync(Guid task) => Eventually.TrueAsync(
        async () => await Database.SingleAsync(app.App, "schedulerdb", "SELECT last >= $1 FROM text_sealed", task) is [true], Limit, "it is sealed");
}

using System.Text.Json;
using Agents.Tests.App.Groups;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Several agents on one task.</summary>
[Collection(WholeApp.Name)]
public sealed class GroupsTests(AgentsApp app) : IAsyncLifetime
{
    private readonly List<Worker> _workers = [];
    private Api _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _admin = await app.AdminAsync();
        for (var i = 0; i < 3; i++)
        {
            _workers.Add(await Worker.StartAsync(app, _admin, 2));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }

    [Fact(DisplayName = "With all, each does it, and the task is done with all their results; who had it before is told to stop")]
    public async Task All()
    {
        var id = await _admin.SubmitAsync(new { agent_id = _workers[0].AgentId, prompt = "一起写", priority = "high" });
        var alone = await _workers[0].StartAsync(_admin, id);

        var group = await GatherAsync(id, "all", 3);
        await _workers[0].CancelAsync(alone);
        await _workers[0].ResultAsync(alone, new { text = "alone" });
        Assert.False((await _workers[0].AckAsync(alone)).Accepted);
        Assert.Equal("waiting", (await _admin.TaskAsync(id)).GetProperty("status").GetString());
        Assert.Contains((await _admin.GetAsync("/api/v1/tasks?status=waiting&page_size=200")).Data.GetProperty("items").EnumerateArray(), task => task.GetProperty("task_id").GetString() == id);
        foreach (var (worker, n) in _workers.Select((worker, n) => (worker, n)))
        {
            var part = await worker.DoAsync(result: new { text = $"part {n}" });
            Assert.Equal("一起写", part.Order.GetProperty("prompt").GetString());
            var task = await _admin.TaskAsync(part.Id);
            Assert.Equal((id, group, 10), (task.GetProperty("parent_id").GetString(), task.GetProperty("group_id").GetString(), task.GetProperty("priority").GetInt32()));
        }

        var done = await _admin.IsAsync(id, "done");
        Assert.Equal(["part 0", "part 1", "part 2"], done.GetProperty("result").GetProperty("members").EnumerateArray().Select(m => m.GetProperty("result").GetProperty("text").GetString()));
        Assert.Equal("queued assigned running waiting done", await _admin.StatesAsync(id));
    }

    [Fact(DisplayName = "Who works on a task together has a conversation of their own, in which the task, the parts and what becomes of them are told")]
    public async Task Conversation()
    {
        var made = await _admin.PostAsync("/api/v1/tasks/group", new { task = new { prompt = "Write the report\nin two parts" }, group = Body("lead", 2) });
        made.Is(202, 0);
        var (id, group) = (made.Text("task_id"), made.Text("group_id"));
        await Eventually.TrueAsync(async () => (await _admin.GetAsync($"/api/v1/groups/{group}")).Status is 200, TimeSpan.FromSeconds(10), "the group is there");
        await _workers[0].DoAsync(result: new { tasks = new[] { new { agent_id = _workers[1].AgentId, prompt = "the second half" } } });
        await _workers[1].DoAsync(result: new { text = "half a report" });
        await _workers[0].DoAsync(result: new { text = "a report" });
        await _admin.IsAsync(id, "done");

        await _admin.EntryAsync(group, entry => entry.Content() == "a report");
        var told = await _admin.EntriesAsync(group);
        Assert.Equal("Write the report\nin two parts", told[0].Content());
        var part = Assert.Single(told, entry => entry.Content().EndsWith("the second half", StringComparison.Ordinal));
        var half = Assert.Single(told, entry => entry.Content() == "half a report");
        Assert.Equal((part.GetProperty("id").GetString(), _workers[1].AgentId), (half.GetProperty("reply_to").GetString(), half.GetProperty("from_id").GetString()));
        Assert.Equal("Write the report", (await _admin.GetAsync($"/api/v1/groups/{group}")).Text("name"));
        Assert.Equal(3, (await _admin.GetAsync($"/api/v1/groups/{group}/members")).Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "With all, one that fails ends it: the others are stopped, and tried again it begins anew with all")]
    public async Task OneFails()
    {
        var id = await NewAsync("all", 2);
        var (first, second) = (await _workers[0].NextAsync(), await _workers[1].NextAsync());
        await _workers[1].AcceptAsync(second);
        await _workers[0].ErrorAsync(first, "no such book", "failed", retryable: false);

        Assert.Contains("no such book", (await _admin.IsAsync(id, "failed")).GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        await _workers[1].CancelAsync(second);
        await _workers[1].ErrorAsync(second, "stopped", "canceled");
        await _admin.IsAsync(second.Id, "canceled");

        Assert.Equal("waiting", (await _admin.PostAsync($"/api/v1/tasks/{id}/retry")).Text("status"));
        await _workers[0].DoAsync();
        await _workers[1].DoAsync();
        await _admin.IsAsync(id, "done");
    }

    [Fact(DisplayName = "With first, the first result counts and the others are canceled")]
    public async Task First()
    {
        var id = await NewAsync("first", 3);
        var given = new List<Given>();
        foreach (var worker in _workers)
        {
            given.Add(await worker.NextAsync());
            await worker.AcceptAsync(given[^1]);
        }

        await _workers[0].ErrorAsync(given[0], "not I", "failed", retryable: false);
        await _workers[1].ResultAsync(given[1], new { text = "quick" });

        var done = await _admin.IsAsync(id, "done");
        Assert.Equal((_workers[1].AgentId, "quick"), (done.GetProperty("result").GetProperty("agent_id").GetString(), done.GetProperty("result").GetProperty("result").GetProperty("text").GetString()));
        await _workers[2].CancelAsync(given[2]);
        await _admin.IsAsync(given[2].Id, "canceled");
    }

    [Fact(DisplayName = "With vote, what most answer counts as soon as that is certain; a tie is said to be one")]
    public async Task Vote()
    {
        var id = await NewAsync("vote", 3);
        await _workers[0].DoAsync(result: new { vote = "Yes", because = "it works" });
        await _workers[1].DoAsync(result: "yes ");
        var done = await _admin.IsAsync(id, "done");
        Assert.Equal(("YES", 2), (done.GetProperty("result").GetProperty("choice").GetString(), done.GetProperty("result").GetProperty("count").GetInt32()));
        await _admin.IsAsync((await _workers[2].NextAsync()).Id, "canceled");

        var tied = await NewAsync("vote", 2);
        await _workers[0].DoAsync(result: new { text = "left" });
        await _workers[1].DoAsync(result: new { text = "right" });
        Assert.Equal("bad_output", (await _admin.IsAsync(tied, "failed")).GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact(DisplayName = "With lead, one plans, the others do what it hands out, and it joins their parts")]
    public async Task Lead()
    {
        var id = await NewAsync("lead", 3);
        var plan = JsonSerializer.Serialize(new { tasks = new[] { new { agent_id = _workers[1].AgentId, prompt = "the first half" }, new { agent_id = _workers[2].AgentId, prompt = "the second half" } } });
        var asked = await _workers[0].DoAsync(result: new { text = $"Here is my plan:\n```json\n{plan}\n```" });
        Assert.Contains(_workers[2].AgentId, asked.Order.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        Assert.Equal("the first half", (await _workers[1].DoAsync(result: new { text = "once upon" })).Order.GetProperty("prompt").GetString());
        Assert.Equal("the second half", (await _workers[2].DoAsync(result: new { text = "a time" })).Order.GetProperty("prompt").GetString());

        var join = await _workers[0].DoAsync(result: new { text = "once upon a time" });
        Assert.Matches(@"once upon\n[\s\S]*a time", join.Order.GetProperty("prompt").GetString());
        Assert.Equal("once upon a time", (await _admin.IsAsync(id, "done")).GetProperty("result").GetProperty("result").GetProperty("text").GetString());
        Assert.Equal(["plan", "part", "part", "join"], (await _admin.GetAsync($"/api/v1/tasks/{id}/group")).Data.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("role").GetString()));
    }

    [Fact(DisplayName = "A canceled task of a group takes its members' along, and who waits for it is told; nobody gathers for what has ended or is gathered")]
    public async Task Canceled()
    {
        var id = await NewAsync("all", 2);
        var waits = await _admin.SubmitAsync(new { agent_id = _workers[2].AgentId, depends_on = new[] { id } });
        var held = await _workers[0].NextAsync();
        await _workers[0].AcceptAsync(held);

        (await _admin.PostAsync($"/api/v1/tasks/{id}/group", Body("first", 2))).Is(409, 3001);
        (await _admin.PostAsync($"/api/v1/tasks/{id}/migrate", new { agent_id = _workers[2].AgentId })).Is(409, 3001);
        (await _admin.PostAsync($"/api/v1/tasks/{id}/cancel")).Is(200, 0);
        await _workers[0].CancelAsync(held);
        await _admin.IsAsync(held.Id, "canceled");
        await _admin.IsAsync((await _workers[1].NextAsync()).Id, "canceled");
        await _admin.IsAsync(waits, "failed");
        (await _admin.PostAsync($"/api/v1/tasks/{id}/group", Body("first", 2))).Is(409, 3001);

        var other = await NewAsync("all", 1);
        (await _admin.PostAsync($"/api/v1/tasks/{other}/group", new { agents = new[] { "nobody" } })).Is(400, 1001);
        (await _admin.PostAsync($"/api/v1/tasks/{other}/group", new { agents = Array.Empty<string>() })).Is(400, 1001);
        (await (await app.PersonAsync("user")).Api.PostAsync($"/api/v1/tasks/{other}/group", Body("all", 1))).Is(404, 2001);
        await _workers[0].DoAsync();
    }

    [Fact(DisplayName = "A task that is too long for a frame is as long for each of its group")]
    public async Task Long()
    {
        var prompt = new string('长', 60_000);
        var made = await _admin.PostAsync("/api/v1/tasks/group", new { task = new { prompt }, group = Body("all", 2) });
        made.Is(202, 0);
        foreach (var worker in _workers.Take(2))
        {
            var reference = (await worker.DoAsync()).Order.GetProperty("prompt_ref");
            Assert.Equal(180_000, reference.GetProperty("size").GetInt32());
        }

        await _admin.IsAsync(made.Text("task_id"), "done");
    }

    private object Body(string strategy, int members) => new { agents = _workers.Take(members).Select(worker => worker.AgentId), strategy };

    private async Task<string> GatherAsync(string id, string strategy, int members)
    {
        var gathered = await _admin.PostAsync($"/api/v1/tasks/{id}/group", Body(strategy, members));
        gathered.Is(202, 0);
        return gathered.Text("group_id");
    }

    /// <summary>A task that is a group's from the first.</summary>
    private async Task<string> NewAsync(string strategy, int members)
    {
        var made = await _admin.PostAsync("/api/v1/tasks/group", new { task = new { prompt = "do it together", type = "group" }, group = Body(strategy, members) });
        made.Is(202, 0);
        Assert.Equal(strategy, made.Text("strategy"));
        return made.Text("task_id");
    }
}

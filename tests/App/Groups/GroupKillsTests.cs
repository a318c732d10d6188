using System.Diagnostics;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Groups;

/// <summary>
/// What members read while Realtime is killed. For the long run: <c>KILLED_MESSAGES=5000</c>, <c>KILLED_MEMBERS=50</c>.
/// </summary>
public sealed class GroupKillsTests(TwoReplicas two) : IClassFixture<TwoReplicas>
{
    private const int AtOnce = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static int Messages { get; } = Asked.Number("KILLED_MESSAGES") ?? 1_000;

    private static int Members { get; } = Asked.Number("KILLED_MEMBERS") ?? 16;

    [Fact(DisplayName = "While both Realtimes are killed in turn, each message that was acknowledged is stored once, and all members read the same numbers without gaps")]
    public async Task SameForAll()
    {
        var admin = two.Admin;
        List<(string Id, string Token)> agents = [];
        for (var n = 0; n < Members; n++)
        {
            agents.Add(await Chat.AgentAsync(admin));
        }

        var group = await Chat.GroupAsync(admin, null, [.. agents.Select(agent => agent.Id)]);
        List<SteadyMember> members = [.. agents.Select(agent => SteadyMember.Start(two.App.GetEndpoint("gateway"), agent.Id, agent.Token, group))];
        await Eventually.TrueAsync(() => Task.FromResult(members.All(member => member.Came > 0)), Limit, "all are there");

        var said = 0;
        var saying = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async lane =>
        {
            for (var n = lane; n < Messages; n += AtOnce)
            {
                await SayAsync(admin, group, n);
                Interlocked.Increment(ref said);
            }
        }));
        for (var kill = 1; kill <= 2; kill++)
        {
            var enough = Messages * kill / 3;
            await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref said) > enough), Limit, $"{enough} are said");
            Process.GetProcessById(Parts.FindAll("realtime")[0]).Kill();
            await Eventually.TrueAsync(() => Task.FromResult(Parts.FindAll("realtime").Count == 2), Limit, "it is back");
        }

        await saying;
        await Eventually.TrueAsync(() => Task.FromResult(members.All(member => member.Read.Count >= Messages)), Limit, "all have read all");

        Assert.All(members, member => Assert.Empty(member.Faults));
        Assert.True(members.Sum(member => member.Came) > Members, "somebody was cut");
        Assert.All(members, member => Assert.Equal(Enumerable.Range(1, Messages).Select(n => (long)n), member.Read.Keys.Order()));
        Assert.All(members, member => Assert.Equal(members[0].Read.OrderBy(read => read.Key), member.Read.OrderBy(read => read.Key)));
        foreach (var member in members)
        {
            await member.DisposeAsync();
        }
    }

    [Fact(DisplayName = "Both Realtimes are killed while a mention is worked on, and its thread is told all the same, once")]
    public async Task WorkIsTold()
    {
        var admin = two.Admin;
        var post = await admin.PostOfAsync(new { on_mention = "task" });
        var agent = await Fleet.AgentAsync(admin, new { name = Fleet.NewId("worker"), token = Worker.Token, post_id = post });
        var group = await Chat.GroupAsync(admin, null, agent);
        var worker = await ConnectAsync(agent);
        await Chat.SayAsync(admin, group, $"@{agent} take your time");
        var task = await worker.NextAsync();
        await worker.AcceptAsync(task);

        foreach (var id in Parts.FindAll("realtime"))
        {
            Process.GetProcessById(id).Kill();
        }

        await worker.DisposeAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Parts.FindAll("realtime").Count == 2), Limit, "they are back");
        worker = await ConnectAsync(agent);
        await worker.RunningAsync(task);
        await worker.ResultAsync(task, new { text = "here it is" });

        await admin.EntryAsync(group, entry => entry.Content() == "here it is");
        Assert.Single(await admin.EntriesAsync(group), entry => entry.Kind() == "message" && entry.TryGetProperty("task_id", out _));
        await worker.DisposeAsync();
    }

    [Fact(DisplayName = "Scheduler is killed while a mention is worked on, whoever followed it lets go, and its thread is told when Scheduler is back")]
    public async Task SchedulerIsAway()
    {
        var admin = two.Admin;
        var post = await admin.PostOfAsync(new { on_mention = "task" });
        var agent = await Fleet.AgentAsync(admin, new { name = Fleet.NewId("worker"), token = Worker.Token, post_id = post });
        var group = await Chat.GroupAsync(admin, null, agent);
        await using var worker = await ConnectAsync(agent);
        await Chat.SayAsync(admin, group, $"@{agent} take your time");
        var task = await worker.NextAsync();
        await worker.AcceptAsync(task);

        Process.GetProcessById(Parts.FindAll("scheduler")[0]).Kill();
        // Whoever follows fails meanwhile, and must leave its turn where it is found again.
        await Eventually.TrueAsync(async () => await FollowersAsync() is 0, Limit, "nobody follows");
        await worker.ResultAsync(task, new { text = "here it is" });
        await admin.EntryAsync(group, entry => entry.Content() == "here it is");
    }

    /// <summary>Processes that have the turn.</summary>
    private async Task<long> FollowersAsync() => (long)(await Database.SingleAsync(
        two.App, "realtimedb",
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.objid::bigint = $1", 0x705F776BL))[0];

    private async Task<Worker> ConnectAsync(string agent)
    {
        Worker? worker = null;
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    worker = new(agent, await (await HubClient.OpenAsync(two.App.GetEndpoint("gateway"), $"/ws?role=agent&agent_id={agent}&agent_token={Uri.EscapeDataString(Worker.Token)}")).JoinedAsync());
                    return true;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    return false;
                }
            },
            Limit, "it is let in");
        return worker!;
    }

    /// <summary>What is not acknowledged is said again, under the same key.</summary>
    private static async Task SayAsync(Api admin, string group, int n)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await admin.PostAsync($"/api/v1/groups/{group}/messages", new { content = $"message {n}", dedup_key = $"message {n}" })).Status is 201;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            Limit, $"message {n} is stored");
    }
}

using System.Diagnostics;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;

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

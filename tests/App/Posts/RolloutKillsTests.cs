using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Posts;

/// <summary>What a roll-out counts against kill -9 of those who count.</summary>
public sealed class RolloutKillsTests(HastyApp app) : IClassFixture<HastyApp>
{
    private const int Tasks = 120;
    private const int AtOnce = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact(DisplayName = "Posts and Scheduler are killed while a roll-out counts: each attempt counts once, and it ends as the figures say")]
    public async Task CountedOnce()
    {
        var troupe = await Troupe.MakeAsync(app, await app.AdminAsync(), agents: 2);
        await using var crew = await Crew.StartAsync(app, troupe.Machine, _ => new());
        var id = await troupe.RollOutAsync(new { steps = new[] { 50 }, automatic = false, tasks = 10 });
        await Eventually.TrueAsync(async () => (await troupe.RolloutAsync(id)).GetProperty("reason").GetString()!.StartsWith("0 of 10", StringComparison.Ordinal), Limit, "it counts");
        await Eventually.TrueAsync(async () => (await troupe.Api.GetAsync($"/api/v1/posts/{troupe.Post}/agents?drift=false")).Data.GetProperty("total").GetInt32() == 2, Limit, "both have what they are to be");

        for (var n = 0; n < Tasks; n += AtOnce)
        {
            await Eventually.TrueAsync(() => SubmitAsync(troupe, n), Limit, $"{n} are submitted");
            if (n % (2 * AtOnce) == 0)
            {
                Parts.Kill(n % (4 * AtOnce) == 0 ? "Posts" : "Scheduler");
            }
        }

        await Eventually.TrueAsync(async () => await CountedAsync(troupe, id) >= Tasks, Limit, $"{Tasks} are counted");
        // Whoever counted some twice did it before he comes to what ends after them.
        Assert.True(await SubmitAsync(troupe, Tasks));
        await Eventually.TrueAsync(async () => await CountedAsync(troupe, id) >= Tasks + AtOnce, Limit, "those that came last are counted");
        Assert.Equal(Tasks + AtOnce, await CountedAsync(troupe, id));
        (await troupe.Api.PatchAsync($"/api/v1/posts/{troupe.Post}/rollouts/{id}", new { automatic = true })).Is(200, 0);
        // Who of the two did how many is not said; now it is judged, and where these are too few by some more.
        var ended = await troupe.WorkUntilAsync(id, rollout => rollout.GetProperty("state").GetString() != "running", "it has ended");
        Assert.Equal(("done", 2), (ended.GetProperty("state").GetString(), await troupe.ReleasedAsync()));
    }

    /// <summary>Under keys, so that what was stored before a kill is not stored again after it.</summary>
    private static async Task<bool> SubmitAsync(Troupe troupe, int from)
    {
        try
        {
            var tasks = Enumerable.Range(from, AtOnce).Select(n => new { post_id = troupe.Post, input = new { n }, dedup_key = $"{troupe.Post} {n}", max_attempts = 100 });
            return (await troupe.Api.PostAsync("/api/v1/tasks/batch", new { tasks })).Status is 202;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>While Posts is away, none.</summary>
    private static async Task<int> CountedAsync(Troupe troupe, string id)
    {
        var read = await troupe.Api.GetAsync($"/api/v1/posts/{troupe.Post}/rollouts/{id}");
        return read.Status is 200 ? read.Data.GetProperty("new").GetProperty("done").GetInt32() + read.Data.GetProperty("old").GetProperty("done").GetInt32() : 0;
    }
}

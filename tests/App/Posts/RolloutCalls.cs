using System.Text.Json;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Posts;

/// <summary>A post with agents on one device, and a second version that none of them follows yet.</summary>
internal sealed record Troupe(Api Api, string Post, Machine Machine)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<Troupe> MakeAsync(AgentsApp app, Api operatorApi, int agents)
    {
        var machine = await Fleet.EnrolAsync(app, operatorApi);
        (await operatorApi.PatchAsync($"/api/v1/devices/{machine.Id}", new { concurrency = 64 })).Is(200, 0);
        var post = await operatorApi.PostOfAsync(new { role_prompt = "old", concurrency = 2 });
        if (agents > 0)
        {
            await operatorApi.StaffAsync(post, new { devices = Enumerable.Repeat(machine.Id, agents) });
        }

        var second = await operatorApi.PutAsync($"/api/v1/posts/{post}", new { template = new { role_prompt = "new", concurrency = 2 }, release = false });
        second.Is(200, 0);
        Assert.Equal((2, 1), (second.Data.GetProperty("version").GetInt32(), second.Data.GetProperty("released").GetInt32()));
        return new(operatorApi, post, machine);
    }

    public async Task<string> RollOutAsync(object request)
    {
        var made = await Api.PostAsync($"/api/v1/posts/{Post}/rollouts", request);
        made.Is(201, 0);
        return made.Text("id");
    }

    public async Task<JsonElement> RolloutAsync(string id)
    {
        var read = await Api.GetAsync($"/api/v1/posts/{Post}/rollouts/{id}");
        read.Is(200, 0);
        return read.Data;
    }

    public async Task<int> ReleasedAsync() => (await Api.GetAsync($"/api/v1/posts/{Post}")).Data.GetProperty("released").GetInt32();

    /// <summary>Submits tasks, so many at a time, until it is so.</summary>
    public async Task<JsonElement> WorkUntilAsync(string rollout, Func<JsonElement, bool> isSo, string what)
    {
        JsonElement read = default;
        List<string> open = [];
        await Eventually.TrueAsync(
            async () =>
            {
                read = await RolloutAsync(rollout);
                if (isSo(read))
                {
                    return true;
                }

                if (open.Count == 0 || await HaveEndedAsync(open))
                {
                    var made = await Api.PostAsync("/api/v1/tasks/batch", new { tasks = Enumerable.Repeat(new { post_id = Post, input = new { }, max_attempts = 10, retry = new { backoff = 0.1 } }, 8) });
                    made.Is(202, 0);
                    open = [.. made.Items().Select(task => task.GetProperty("task_id").GetString()!)];
                }

                return false;
            },
            Limit, what);
        await Eventually.TrueAsync(() => HaveEndedAsync(open), Limit, "all tasks have ended");
        Assert.All(await Task.WhenAll(open.Select(Api.TaskAsync)), task => Assert.Equal("done", task.GetProperty("status").GetString()));
        return read;
    }

    private async Task<bool> HaveEndedAsync(List<string> tasks)
    {
        foreach (var task in tasks)
        {
            if ((await Api.TaskAsync(task)).GetProperty("status").GetString() is not ("done" or "failed"))
            {
                return false;
            }
        }

        return true;
    }
}

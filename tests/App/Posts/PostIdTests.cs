using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Posts;

[Collection(WholeApp.Name)]
public sealed class PostIdTests(AgentsApp app)
{
    [Fact(DisplayName = "Agents and tasks may have a post from the moment that it is made, and none that nobody made")]
    public async Task Known()
    {
        var admin = await app.AdminAsync();
        for (var i = 0; i < 20; i++)
        {
            var post = await admin.PostOfAsync();

            await admin.SubmitAsync(new { post_id = post });
            await Fleet.AgentAsync(admin, new { name = "one", post_id = post });
        }

        Assert.Equal(["post_id"], (await admin.PostAsync("/api/v1/tasks", new { post_id = "none" })).Fields());
        Assert.Equal(["post_id"], (await admin.PostAsync("/api/v1/agents", new { name = "x", post_id = "none" })).Fields());
        var agent = await Fleet.AgentAsync(admin, new { name = "x" });
        Assert.Equal(["post_id"], (await admin.PutAsync($"/api/v1/agents/{agent}", new { post_id = "none" })).Fields());
        (await admin.PatchAsync($"/api/v1/agents/{agent}", new { post_id = "" })).Is(200, 0);
    }

    [Fact(DisplayName = "A post that was deleted is soon nobody's to name")]
    public async Task Gone()
    {
        var admin = await app.AdminAsync();
        var post = await admin.PostOfAsync();
        await admin.SubmitAsync(new { post_id = post });

        (await admin.DeleteAsync($"/api/v1/posts/{post}")).Is(200, 0);

        await Eventually.TrueAsync(async () => (await admin.PostAsync("/api/v1/tasks", new { post_id = post })).Status == 400, TimeSpan.FromSeconds(2), "the task is refused");
        await Eventually.TrueAsync(async () => (await admin.PostAsync("/api/v1/agents", new { name = "x", post_id = post })).Status == 400, TimeSpan.FromSeconds(2), "the agent is refused");
    }

    [Fact(DisplayName = "While Posts does not answer the posts that are known go on, and of others nothing is said")]
    public async Task Away()
    {
        var admin = await app.AdminAsync();
        var post = await admin.PostOfAsync();
        await admin.SubmitAsync(new { post_id = post });
        await Fleet.AgentAsync(admin, new { name = "one", post_id = post });
        var posts = Parts.FindAll("Posts").Single();

        TwoSchedulers.Signal(posts, "STOP");
        try
        {
            await admin.SubmitAsync(new { post_id = post });
            await Fleet.AgentAsync(admin, new { name = "two", post_id = post });
            (await admin.PostAsync("/api/v1/tasks", new { post_id = "perhaps" })).Is(503, 5003);
            (await admin.PostAsync("/api/v1/agents", new { name = "x", post_id = "perhaps" })).Is(503, 5003);
        }
        finally
        {
            TwoSchedulers.Signal(posts, "CONT");
        }

        await Eventually.TrueAsync(async () => (await admin.GetAsync("/api/v1/posts")).Status == 200, TimeSpan.FromSeconds(30), "Posts is back");
    }
}

using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

[Collection(WholeApp.Name)]
public sealed class FilesTests(AgentsApp app)
{
    [Fact(DisplayName = "A post that goes out as YAML comes in again as it was")]
    public async Task RoundTrip()
    {
        var admin = await app.AdminAsync();
        var template = new { role_prompt = "你是一名\nDevOps: yes\n", skills = new[] { "no", "1.0" }, environment = new { token = new { secret = "deploy" } }, limits = new { cpu = 0.5 } };
        var post = await admin.PostOfAsync(template);

        using var exported = await admin.RawAsync(HttpMethod.Get, $"/api/v1/posts/{post}/export");
        var yaml = await exported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await admin.DeleteAsync($"/api/v1/posts/{post}");
        var imported = await admin.PostAsync("/api/v1/posts/import", Yaml(yaml));

        Assert.Equal("application/yaml", exported.Content.Headers.ContentType!.MediaType);
        imported.Is(201, 0);
        var read = await admin.GetAsync($"/api/v1/posts/{imported.Text("id")}");
        Assert.True(JsonNode.DeepEquals(System.Text.Json.JsonSerializer.SerializeToNode(template), JsonNode.Parse(read.Data.GetProperty("template").GetRawText())), yaml);
        (await admin.PostAsync("/api/v1/posts/import", Yaml(yaml))).Is(409, 3002);
        (await admin.PostAsync("/api/v1/posts/import", new { name = $"json {Guid.NewGuid():N}", template })).Is(201, 0);
        (await admin.GetAsync("/api/v1/posts/none/export")).Is(404, 2001);
    }

    [Fact(DisplayName = "A file that is none says where, wrong fields are named, and a bomb does not go off")]
    public async Task Wrong()
    {
        var admin = await app.AdminAsync();
        var bomb = "a0: &a0 [x]\n" + string.Join('\n', Enumerable.Range(1, 20).Select(n => $"a{n}: &a{n} [{string.Join(", ", Enumerable.Repeat($"*a{n - 1}", 10))}]"));

        Assert.Contains("line 2, column ", await RefusedAsync(admin, Yaml("name: x\n description: [y\n")));
        Assert.Contains("more than a post may have", await RefusedAsync(admin, Yaml(bomb)));
        (await admin.PostAsync("/api/v1/posts/import", new StringContent("name: x"))).Is(415, 1001);
        Assert.Equal(["template.limits.cpus"], (await admin.PostAsync("/api/v1/posts/import", Yaml("name: x\ntemplate: {limits: {cpus: 1}}"))).Fields());
        Assert.Equal(["name"], (await admin.PostAsync("/api/v1/posts/import", new { })).Fields());
    }

    [Fact(DisplayName = "The gallery has six posts, and one that is taken is a post like any other")]
    public async Task Gallery()
    {
        var (admin, viewer, name) = (await app.AdminAsync(), (await app.PersonAsync("viewer")).Api, $"crew {Guid.NewGuid():N}");

        var gallery = (await viewer.GetAsync("/api/v1/posts/gallery")).Items().ToList();
        var taken = await admin.PostAsync("/api/v1/posts/gallery/devops", new { name });

        Assert.Equal(["backend", "devops", "frontend", "reviewer", "tester", "writer"], gallery.Select(post => post.GetProperty("name").GetString()));
        taken.Is(201, 0);
        var read = await admin.GetAsync($"/api/v1/posts/{taken.Text("id")}");
        Assert.Equal(name, read.Text("name"));
        Assert.Equal(gallery[1].GetProperty("template").GetRawText(), read.Data.GetProperty("template").GetRawText());
        (await admin.PostAsync("/api/v1/posts/gallery/devops", new { name })).Is(409, 3002);
        (await admin.PostAsync("/api/v1/posts/gallery/poet", new { name })).Is(404, 2001);
        Assert.Equal(201, (await admin.SendAsync(HttpMethod.Post, "/api/v1/posts/gallery/writer", null)).Status);
    }

    private static async Task<string> RefusedAsync(Api admin, HttpContent body)
    {
        var answer = await admin.PostAsync("/api/v1/posts/import", body);
        answer.Is(400, 1001);
        return answer.Message;
    }

    private static StringContent Yaml(string text) => new(text, new MediaTypeHeaderValue("application/yaml"));
}

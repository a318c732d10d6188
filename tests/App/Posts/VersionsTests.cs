using System.Text.Json;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Posts;

[Collection(WholeApp.Name)]
public sealed class VersionsTests(AgentsApp app)
{
    [Fact(DisplayName = "Each change is a version that says who, when and why; a change that changes nothing makes none")]
    public async Task Told()
    {
        var person = await app.PersonAsync("operator");
        var path = $"/api/v1/posts/{await person.Api.PostOfAsync(new { limits = new { cpu = 1 } })}";
        await person.Api.PutAsync(path, new { template = new { limits = new { cpu = 2 } }, note = "it was slow" });
        await person.Api.PutAsync(path, new { template = new { limits = new { cpu = 2.0m } }, note = "nothing new" });

        var versions = (await person.Api.GetAsync($"{path}/versions")).Items().ToList();
        var first = await person.Api.GetAsync($"{path}/versions/1");

        Assert.Equal([(2, "it was slow"), (1, "")], versions.Select(v => (v.GetProperty("number").GetInt32(), v.GetProperty("note").GetString()!)));
        Assert.All(versions, v => Assert.Equal(person.Id, v.GetProperty("author").GetProperty("id").GetString()));
        Assert.Equal(1, first.Data.GetProperty("template").GetProperty("limits").GetProperty("cpu").GetInt32());
        Assert.Equal([1], (await person.Api.GetAsync($"{path}/versions?page=2&page_size=1")).Items().Select(v => v.GetProperty("number").GetInt32()));
        (await person.Api.GetAsync($"{path}/versions/3")).Is(404, 2001);
    }

    [Fact(DisplayName = "Two versions are compared by path")]
    public async Task Compared()
    {
        var admin = await app.AdminAsync();
        var path = $"/api/v1/posts/{await admin.PostOfAsync(new { skills = new[] { "a", "b" }, limits = new { cpu = 1 } }, $"one {Guid.NewGuid():N}")}";
        await admin.PutAsync(path, new { description = "d", template = new { skills = new[] { "a", "c" }, concurrency = 2 } });

        var compared = await admin.GetAsync($"{path}/versions/compare?from=1&to=2");

        Assert.Equal(
            ["description: \"\" -> \"d\"", "template.concurrency: - -> 2", "template.limits: {\"cpu\":1} -> -", "template.skills[1]: \"b\" -> \"c\""],
            compared.Items().Select(d => $"{d.GetProperty("path").GetString()}: {Raw(d, "from")} -> {Raw(d, "to")}").Order());
        (await admin.GetAsync($"{path}/versions/compare?from=1&to=9")).Is(404, 2001);
        Assert.Equal(["to"], (await admin.GetAsync($"{path}/versions/compare?from=1")).Fields());
    }

    [Fact(DisplayName = "An old version is brought back as a new one that says which it restores")]
    public async Task Restored()
    {
        var admin = await app.AdminAsync();
        var path = $"/api/v1/posts/{await admin.PostOfAsync(new { role_prompt = "good" })}";
        await admin.PutAsync(path, new { template = new { role_prompt = "bad" } });

        var restored = await admin.PostAsync($"{path}/versions/1/restore");
        var again = await admin.PostAsync($"{path}/versions/1/restore");
        var newest = (await admin.GetAsync($"{path}/versions")).Items().First();

        Assert.Equal((3, "good"), (restored.Data.GetProperty("version").GetInt32(), restored.Data.GetProperty("template").GetProperty("role_prompt").GetString()));
        Assert.Equal(3, again.Data.GetProperty("version").GetInt32());
        Assert.Equal((3, 1), (newest.GetProperty("number").GetInt32(), newest.GetProperty("restores").GetInt32()));
        (await admin.PostAsync($"{path}/versions/9/restore")).Is(404, 2001);
    }

    private static string Raw(JsonElement difference, string field) => difference.TryGetProperty(field, out var value) ? value.GetRawText() : "-";
}

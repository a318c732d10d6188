using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Identity;

[Collection(WholeApp.Name)]
public sealed class PreferencesTests(AgentsApp app)
{
    private const string Path = "/api/v1/auth/preferences";

    [Fact(DisplayName = "What a person keeps is there wherever he signs in, for nobody else, until he takes it away")]
    public async Task Kept()
    {
        var (person, other) = (await app.PersonAsync("viewer"), await app.PersonAsync("user"));

        (await person.Api.PutAsync($"{Path}/filters.tasks", new { value = new[] { new { name = "失败", search = new { status = "failed" } } } })).Is(200, 0);
        (await person.Api.PutAsync($"{Path}/zone", new { value = "Asia/Shanghai\0" })).Is(200, 0);
        (await person.Api.PutAsync($"{Path}/zone", new { value = "Europe/Vienna" })).Is(200, 0);

        var elsewhere = await app.SignedInAsync(person.Email, Person.Password);
        var kept = (await elsewhere.GetAsync(Path)).Data.GetProperty("items").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("value"));
        Assert.Equal(["filters.tasks", "zone"], kept.Keys.Order());
        Assert.Equal(("失败", "Europe/Vienna"), (kept["filters.tasks"][0].GetProperty("name").GetString(), kept["zone"].GetString()));
        Assert.Empty((await other.Api.GetAsync(Path)).Data.GetProperty("items").EnumerateArray());
        (await other.Api.DeleteAsync($"{Path}/zone")).Is(404, 2001);
        (await elsewhere.DeleteAsync($"{Path}/zone")).Is(200, 0);
        Assert.Equal(1, (await person.Api.GetAsync(Path)).Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "What is too long, has an odd name, or is one too many, is refused, and what was kept stays")]
    public async Task Bounds()
    {
        var api = (await app.PersonAsync("user")).Api;

        (await api.PutAsync($"{Path}/long", new { value = new string('x', 17_000) })).Is(400, 1001);
        (await api.PutAsync($"{Path}/{new string('n', 65)}", new { value = 1 })).Is(400, 1001);
        (await api.PutAsync($"{Path}/a%20b", new { value = 1 })).Is(400, 1001);
        (await api.PutAsync($"{Path}/none", new { })).Is(400, 1001);
        foreach (var n in Enumerable.Range(0, 50))
        {
            (await api.PutAsync($"{Path}/p{n}", new { value = n })).Is(200, 0);
        }

        Assert.Equal(409, (await api.PutAsync($"{Path}/more", new { value = 1 })).Status);
        (await api.PutAsync($"{Path}/p7", new { value = 70 })).Is(200, 0);
        Assert.Equal(50, (await api.GetAsync(Path)).Data.GetProperty("total").GetInt32());
    }
}

using System.Text.Json;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Identity;

[Collection(WholeApp.Name)]
public sealed class UserSessionsTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "One sees where one is signed in, and ends one of them; the others go on, and nobody ends another's")]
    public async Task Own()
    {
        var (person, stranger) = (await app.PersonAsync("viewer"), await app.PersonAsync("user"));
        var lost = await app.SignedInAsync(person.Email, Person.Password);

        var sessions = await SessionsAsync(person.Api, "/api/v1/auth/sessions");
        var other = sessions.Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        (await stranger.Api.DeleteAsync($"/api/v1/auth/sessions/{other}")).Is(404, 2001);
        (await person.Api.DeleteAsync($"/api/v1/auth/sessions/{other}")).Is(200, 0);

        await Eventually.TrueAsync(async () => (await lost.GetAsync("/api/v1/auth/me")).Code is 1002, Limit, "the ended session is refused");
        Assert.True(Assert.Single(await SessionsAsync(person.Api, "/api/v1/auth/sessions")).GetProperty("current").GetBoolean());
    }

    [Fact(DisplayName = "An admin ends all sessions of an account, which may sign in again")]
    public async Task All()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("user"));
        var path = $"/api/v1/users/{person.Id}/sessions";
        Assert.Single(await SessionsAsync(admin, path));

        (await admin.DeleteAsync(path)).Is(200, 0);

        await Eventually.TrueAsync(async () => (await person.Api.GetAsync("/api/v1/auth/me")).Code is 1002, Limit, "the account's token is refused");
        Assert.Empty(await SessionsAsync(admin, path));
        await app.SignedInAsync(person.Email, Person.Password);
        (await admin.GetAsync("/api/v1/users/nobody/sessions")).Is(404, 2001);
    }

    private static async Task<JsonElement[]> SessionsAsync(Api api, string path) =>
        [.. (await api.GetAsync(path)).Data.GetProperty("items").EnumerateArray()];
}

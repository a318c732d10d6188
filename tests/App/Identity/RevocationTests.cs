using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Identity;

/// <summary>What is revoked is refused by every service within five seconds; the gateway is one, and asks as they all do.</summary>
[Collection(WholeApp.Name)]
public sealed class RevocationTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact(DisplayName = "Logging out ends the session's tokens at every service")]
    public async Task LogOut()
    {
        var person = await app.PersonAsync("user");
        await EachServiceAsync(person, known: true);

        (await person.Api.PostAsync("/api/v1/auth/logout")).Is(200, 0);

        await EachServiceAsync(person, known: false);
        (await app.Anonymous().PostAsync("/api/v1/auth/refresh", new { refresh_token = person.RefreshToken })).Is(401, 1002);
    }

    [Fact(DisplayName = "A disabled account is out at once and can't come back until it is enabled")]
    public async Task Disable()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("user"));

        (await admin.PatchAsync($"/api/v1/users/{person.Id}", new { disabled = true })).Is(200, 0);

        await EachServiceAsync(person, known: false);
        (await app.Anonymous().PostAsync("/api/v1/auth/login", new { email = person.Email, password = Person.Password })).Is(401, 1002);
        (await app.Anonymous().PostAsync("/api/v1/auth/refresh", new { refresh_token = person.RefreshToken })).Is(401, 1002);
        await admin.PatchAsync($"/api/v1/users/{person.Id}", new { disabled = false });
        await app.SignedInAsync(person.Email, Person.Password);
    }

    [Fact(DisplayName = "A change of roles ends old tokens, and the next refresh brings the new roles")]
    public async Task Roles()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("operator"));

        (await admin.PatchAsync($"/api/v1/users/{person.Id}", new { roles = new[] { "viewer" } })).Is(200, 0);

        await EachServiceAsync(person, known: false);
        var refreshed = await app.Anonymous().PostAsync("/api/v1/auth/refresh", new { refresh_token = person.RefreshToken });
        var me = await person.Api.With(refreshed.Text("access_token")).GetAsync("/api/v1/auth/me");
        Assert.Equal("viewer", me.Data.GetProperty("roles")[0].GetString());
    }

    [Fact(DisplayName = "A deleted account and one with a new password are out everywhere")]
    public async Task DeleteAndReset()
    {
        var (admin, deleted, reset) = (await app.AdminAsync(), await app.PersonAsync("user"), await app.PersonAsync("user"));

        (await admin.DeleteAsync($"/api/v1/users/{deleted.Id}")).Is(200, 0);
        var made = await admin.PostAsync($"/api/v1/users/{reset.Id}/password");

        await EachServiceAsync(deleted, known: false);
        await EachServiceAsync(reset, known: false);
        await app.SignedInAsync(reset.Email, made.Text("password"));
    }

    [Fact(DisplayName = "Who changes his password stays in, and all his other sessions end")]
    public async Task ChangePassword()
    {
        var person = await app.PersonAsync("viewer");
        var other = await app.SignedInAsync(person.Email, Person.Password);

        (await other.PostAsync("/api/v1/auth/password", new { password = "not it", new_password = "a newer password" })).Is(400, 1001);
        var changed = await other.PostAsync("/api/v1/auth/password", new { password = Person.Password, new_password = "a newer password" });

        (await other.With(changed.Text("access_token")).GetAsync("/api/v1/auth/me")).Is(200, 0);
        await EachServiceAsync(person, known: false);
        await app.SignedInAsync(person.Email, "a newer password");
    }

    /// <summary>Each service is asked by itself, past the gateway, which would refuse first.</summary>
    private async Task EachServiceAsync(Person person, bool known)
    {
        foreach (var service in new[] { "identity", "registry", "posts", "scheduler", "realtime" })
        {
            using var http = app.App.CreateHttpClient(service);
            var api = new Api(http, person.Api.Token);
            await Eventually.TrueAsync(
                async () => (await api.RawAsync(HttpMethod.Get, "/internal/whoami")).IsSuccessStatusCode == known, Limit, $"{service} {(known ? "knows" : "refuses")} the token");
        }

        await Eventually.TrueAsync(
            async () => (await person.Api.GetAsync("/api/v1/auth/me")).Status is 200 == known, Limit, "the gateway follows");
    }
}

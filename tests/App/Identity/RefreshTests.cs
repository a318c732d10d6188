using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Identity;

[Collection(WholeApp.Name)]
public sealed class RefreshTests(AgentsApp app)
{
    private Task<Answer> RefreshAsync(string token) => app.Anonymous().PostAsync("/api/v1/auth/refresh", new { refresh_token = token });

    [Fact(DisplayName = "A client that never changes its refresh token goes on for ever")]
    public async Task Again()
    {
        var person = await app.PersonAsync("user");
        for (var i = 0; i < 25; i++)
        {
            var tokens = await RefreshAsync(person.RefreshToken);
            tokens.Is(200, 0);
            (await person.Api.With(tokens.Text("access_token")).GetAsync("/api/v1/auth/me")).Is(200, 0);
        }
    }

    [Fact(DisplayName = "A lost answer locks nobody out: the old token works until its successor is used")]
    public async Task LostAnswer()
    {
        var person = await app.PersonAsync("user");

        await RefreshAsync(person.RefreshToken);
        var second = await RefreshAsync(person.RefreshToken);
        var third = await RefreshAsync(second.Text("refresh_token"));

        third.Is(200, 0);
    }

    [Fact(DisplayName = "An old token after its successor was used is theft, and ends the session everywhere")]
    public async Task Theft()
    {
        var person = await app.PersonAsync("user");
        var successor = (await RefreshAsync(person.RefreshToken)).Text("refresh_token");
        var newest = await RefreshAsync(successor);

        (await RefreshAsync(person.RefreshToken)).Is(401, 1002);

        (await RefreshAsync(newest.Text("refresh_token"))).Is(401, 1002);
        await Eventually.TrueAsync(
            async () => (await person.Api.GetAsync("/api/v1/auth/me")).Code is 1002, TimeSpan.FromSeconds(5), "the stolen session's token is refused");
    }

    [Fact(DisplayName = "Two rivals with successors of one token: the second to come is theft")]
    public async Task Rivals()
    {
        var person = await app.PersonAsync("user");
        var mine = (await RefreshAsync(person.RefreshToken)).Text("refresh_token");
        var thiefs = (await RefreshAsync(person.RefreshToken)).Text("refresh_token");

        (await RefreshAsync(mine)).Is(200, 0);
        (await RefreshAsync(thiefs)).Is(401, 1002);
        (await RefreshAsync(mine)).Is(401, 1002);
    }

    [Fact(DisplayName = "Twenty refreshes at once all succeed")]
    public async Task AtOnce()
    {
        var person = await app.PersonAsync("user");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RefreshAsync(person.RefreshToken)));

        Assert.All(answers, answer => answer.Is(200, 0));
    }

    [Theory(DisplayName = "No token, junk, or an access token in its place is refused")]
    [InlineData("""{}""", 400, 1001)]
    [InlineData("""{"refresh_token":"rt_junk"}""", 401, 1002)]
    [InlineData("""{"refresh_token":5}""", 400, 1001)]
    [InlineData("""{"refresh_token":""}""", 400, 1001)]
    public async Task Junk(string body, int status, int code) =>
        (await app.Anonymous().PostAsync("/api/v1/auth/refresh", new StringContent(body, null, "application/json"))).Is(status, code);
}

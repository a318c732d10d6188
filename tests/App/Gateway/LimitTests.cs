using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Gateway;

[Collection(WholeApp.Name)]
public sealed class LimitTests(AgentsApp app)
{
    [Fact(DisplayName = "Ten failed sign-ins a minute from one address, whatever the accounts; another address goes on")]
    public async Task FailedSignInsByAddress()
    {
        var api = app.Anonymous();
        for (var i = 0; i < 10; i++)
        {
            (await TryAsync(api, $"{Guid.NewGuid():N}@test.example")).Is(401, 1002);
        }

        var limited = await TryAsync(api, "admin@localhost", AgentsApp.AdminPassword);

        limited.Is(429, 1004);
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        (await TryAsync(app.Anonymous(), "admin@localhost", AgentsApp.AdminPassword)).Is(200, 0);
    }

    [Fact(DisplayName = "A burst of a hundred guesses gets no further than ten")]
    public async Task Burst()
    {
        var api = app.Anonymous();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => TryAsync(api, $"{Guid.NewGuid():N}@test.example")));

        Assert.InRange(answers.Count(answer => answer.Code is 1002), 1, 10);
    }

    [Fact(DisplayName = "Sign-ins that succeed are not counted")]
    public async Task Successes()
    {
        var (api, person) = (app.Anonymous(), await app.PersonAsync("user"));
        for (var i = 0; i < 15; i++)
        {
            (await TryAsync(api, person.Email, Person.Password)).Is(200, 0);
        }
    }

    [Fact(DisplayName = "Fifty requests a second without signing in, from one address; signed in, thousands")]
    public async Task Strangers()
    {
        var (stranger, person) = (app.Anonymous(), (await app.PersonAsync("user")).Api);

        var strange = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => stranger.GetAsync("/api/v1/auth/me")));
        var known = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => person.GetAsync("/api/v1/auth/me")));

        Assert.InRange(strange.Count(answer => answer.Code is 1004), 100, 250);
        Assert.All(strange.Where(answer => answer.Code is 1004), answer => Assert.NotNull(answer.Headers.RetryAfter));
        Assert.All(known, answer => answer.Is(200, 0));
    }

    private static Task<Answer> TryAsync(Api api, string email, string password = "not it") =>
        api.PostAsync("/api/v1/auth/login", new { email, password });
}

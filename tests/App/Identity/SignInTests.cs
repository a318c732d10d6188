using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Identity;

[Collection(WholeApp.Name)]
public sealed class SignInTests(AgentsApp app)
{
    [Fact(DisplayName = "Who signs in gets tokens, and is told who he is")]
    public async Task SignIn()
    {
        var api = app.Anonymous();

        var login = await api.PostAsync("/api/v1/auth/login", new { email = "admin@localhost", password = AgentsApp.AdminPassword });
        var me = await api.With(login.Text("access_token")).GetAsync("/api/v1/auth/me");

        login.Is(200, 0);
        Assert.Equal(3600, login.Data.GetProperty("expires_in").GetInt32());
        Assert.StartsWith("rt_", login.Text("refresh_token"));
        Assert.Equal(("admin@localhost", "admin"), (me.Text("email"), me.Data.GetProperty("roles")[0].GetString()));
    }

    [Theory(DisplayName = "The name of the account does as well as its email, in any case, under /api as under /api/v1")]
    [InlineData("/api/v1/auth/login", "ADMIN@localhost")]
    [InlineData("/api/auth/login", "Admin")]
    public async Task ByName(string path, string name) =>
        (await app.Anonymous().PostAsync(path, new { email = name, password = AgentsApp.AdminPassword })).Is(200, 0);

    [Fact(DisplayName = "A wrong password and an unknown account get the same answer")]
    public async Task SameAnswer()
    {
        var api = app.Anonymous();

        var wrong = await api.PostAsync("/api/v1/auth/login", new { email = (await app.PersonAsync("user")).Email, password = "not it" });
        var unknown = await api.PostAsync("/api/v1/auth/login", new { email = "nobody@test.example", password = "not it" });

        wrong.Is(401, 1002);
        unknown.Is(401, 1002);
        Assert.Equal(wrong.Message, unknown.Message);
    }

    [Fact(DisplayName = "A wrong password and an unknown account take the same time")]
    public async Task SameTime()
    {
        var known = (await app.PersonAsync("user")).Email;
        List<double> wrong = [], unknown = [];
        for (var i = 0; i < 4; i++)
        {
            wrong.Add(await MillisecondsAsync(known));
            unknown.Add(await MillisecondsAsync($"{Guid.NewGuid():N}@test.example"));
        }

        // One of them without the hashing would be quicker by a factor of ten and more.
        Assert.InRange(wrong.Min() / unknown.Min(), 0.5, 2);

        async Task<double> MillisecondsAsync(string email)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            (await app.Anonymous().PostAsync("/api/v1/auth/login", new { email, password = "not it" })).Is(401, 1002);
            return watch.Elapsed.TotalMilliseconds;
        }
    }

    [Fact(DisplayName = "After five mistakes the account pauses, for unknown ones too, and says how long")]
    public async Task LockOut()
    {
        foreach (var email in new[] { (await app.PersonAsync("user")).Email, $"{Guid.NewGuid():N}@test.example" })
        {
            for (var i = 0; i < 5; i++)
            {
                (await app.Anonymous().PostAsync("/api/v1/auth/login", new { email, password = "not it" })).Is(401, 1002);
            }

            var paused = await app.Anonymous().PostAsync("/api/v1/auth/login", new { email, password = Person.Password });

            paused.Is(429, 1004);
            Assert.InRange(paused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 2);
        }
    }

    [Fact(DisplayName = "Registration is closed, but an admin may")]
    public async Task Register()
    {
        var body = new { email = $"{Guid.NewGuid():N}@test.example", password = Person.Password, name = $"Zoë {Guid.NewGuid():N}" };

        (await app.Anonymous().PostAsync("/api/v1/auth/register", body)).Is(401, 1002);
        (await (await app.PersonAsync("user")).Api.PostAsync("/api/v1/auth/register", body)).Is(403, 1003);
        var registered = await (await app.AdminAsync()).PostAsync("/api/v1/auth/register", body);
        var again = await (await app.AdminAsync()).PostAsync("/api/v1/auth/register", body);

        registered.Is(200, 0);
        Assert.NotEmpty(registered.Text("user_id"));
        again.Is(409, 3002);
        await app.SignedInAsync(body.name, body.password);
    }

    [Theory(DisplayName = "A password has 8 to 128 characters")]
    [InlineData(7)]
    [InlineData(129)]
    public async Task PasswordRules(int length)
    {
        var refused = await (await app.AdminAsync()).PostAsync(
            "/api/v1/users", new { email = "long@test.example", password = new string('p', length) });

        refused.Is(400, 1001);
        Assert.Equal("must have 8 to 128 characters", refused.Error("password"));
    }
}

using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Gateway;

/// <summary>Every route of the API against every role. A route that is not in the table fails the last test.</summary>
[Collection(WholeApp.Name)]
public sealed class RoleMatrixTests(AgentsApp app)
{
    private static readonly TimeSpan DoorLimit = TimeSpan.FromMinutes(2);

    [Theory(DisplayName = "Who may call what")]
    [InlineData("nobody")]
    [InlineData("admin")]
    [InlineData("operator")]
    [InlineData("user")]
    [InlineData("viewer")]
    [InlineData("agent")]
    public async Task Matrix(string role)
    {
        var stays = await NewAsync(role);
        foreach (var (method, path, roles) in RoleTable.Routes)
        {
            // Some routes end the session that they are called by.
            var api = path is "/api/v1/auth/logout" or "/api/v1/auth/password" ? await NewAsync(role) : stays;
            var answer = await AskAsync(api, method, path);

            var allowed = roles.Split(' ').Contains(role);
            // An open door may still say that the token in hand is no good.
            var open = roles == RoleTable.Everybody;
            var refused = answer.Code is 1003 || (answer.Code is 1002 && !open);
            Assert.True(allowed != refused, $"{role} {method} {path}: {answer.Status}/{answer.Code} {answer.Message}");
            // To a service that takes no devices' tokens, one is no credential at all.
            Assert.True(
                allowed || answer.Code == (role is "nobody" ? 1002 : 1003) || (role is "agent" && answer.Code is 1002), $"{role} {method} {path}: {answer.Code}");
        }
    }

    /// <summary>The door counts who has no credential by his address: then it is asked again.</summary>
    private static async Task<Answer> AskAsync(Api api, string method, string path)
    {
        Answer? answer = null;
        await Eventually.TrueAsync(async () => (answer = await AskOnceAsync(api, method, path.Replace("{id}", "none", StringComparison.Ordinal))).Code is not 1004, DoorLimit, $"{method} {path} is not refused for being too many");
        return answer!;
    }

    private static Task<Answer> AskOnceAsync(Api api, string method, string path) => api.SendAsync(new(method), path, method is "GET" or "DELETE"
        ? null
        : new StringContent("""{"email":"x@y.z","password":"12345678","new_password":"12345678","name":"x","refresh_token":"rt_x","requires":{"capabilities":["what nobody has"]}}""", null, "application/json"));

    private async Task<Api> NewAsync(string role) => role switch
    {
        "nobody" => app.Anonymous(),
        "agent" => (await Fleet.EnrolAsync(app, await app.AdminAsync())).Api,
        _ => (await app.PersonAsync(role)).Api,
    };

    [Fact(DisplayName = "The table has every route that the API document has")]
    public async Task Complete()
    {
        List<string> documented = [];
        // A service that is late with its part is left out of what is answered just then.
        string[] parts = ["users", "agents", "posts", "tasks", "groups"];
        await Eventually.TrueAsync(
            async () => parts.All((documented = await DocumentedAsync()).ToLookup(route => route.Split('/').ElementAtOrDefault(3) ?? "").Contains), DoorLimit, "all services have said their part");

        Assert.Equal(RoleTable.Routes.Select(route => $"{route.Method} {route.Path}").Order(), documented.Order());
    }

    private async Task<List<string>> DocumentedAsync()
    {
        using var document = System.Text.Json.JsonDocument.Parse(
            await (await app.Anonymous().RawAsync(HttpMethod.Get, "/openapi/v1.json")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return
        [
            .. document.RootElement.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}")),
        ];
    }
}

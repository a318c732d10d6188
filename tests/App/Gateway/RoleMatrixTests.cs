using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Gateway;

/// <summary>Every route of the API against every role. A route that is not in the table fails the last test.</summary>
[Collection(WholeApp.Name)]
public sealed class RoleMatrixTests(AgentsApp app)
{
    private const string Everybody = "nobody admin operator user viewer agent";
    private const string PeopleAndDevices = "admin operator user viewer agent";
    private const string People = "admin operator user viewer";
    private const string Users = "admin operator user";
    private const string UsersAndDevices = "admin operator user agent";
    private const string Operators = "admin operator";
    private const string Admins = "admin";
    private const string Devices = "agent";

    private static readonly TimeSpan DoorLimit = TimeSpan.FromMinutes(2);

    private static readonly (string Method, string Path, string Roles)[] Table =
    [
        ("POST", "/api/v1/auth/login", Everybody),
        ("POST", "/api/v1/auth/refresh", Everybody),
        // Closed registration: the answer is for admins only, whoever may ask.
        ("POST", "/api/v1/auth/register", Admins),
        ("POST", "/api/v1/auth/logout", People),
        ("GET", "/api/v1/auth/me", People),
        ("POST", "/api/v1/auth/password", People),
        ("POST", "/api/v1/auth/ws-ticket", People),
        ("GET", "/api/v1/auth/sessions", People),
        ("DELETE", "/api/v1/auth/sessions/{id}", People),
        ("GET", "/api/v1/auth/keys", People),
        ("POST", "/api/v1/auth/keys", People),
        ("DELETE", "/api/v1/auth/keys/{id}", People),
        ("GET", "/api/v1/users", Admins),
        ("POST", "/api/v1/users", Admins),
        ("GET", "/api/v1/users/{id}", Admins),
        ("PATCH", "/api/v1/users/{id}", Admins),
        ("DELETE", "/api/v1/users/{id}", Admins),
        ("POST", "/api/v1/users/{id}/password", Admins),
        ("GET", "/api/v1/users/{id}/sessions", Admins),
        ("DELETE", "/api/v1/users/{id}/sessions", Admins),
        ("GET", "/api/v1/system/health", People),
        ("POST", "/api/v1/devices/tokens", Operators),
        ("POST", "/api/v1/devices/register", Everybody),
        ("GET", "/api/v1/devices", People),
        ("GET", "/api/v1/devices/{id}", People),
        ("GET", "/api/v1/devices/{id}/keys", PeopleAndDevices),
        ("PATCH", "/api/v1/devices/{id}", Operators),
        ("DELETE", "/api/v1/devices/{id}", Operators),
        ("GET", "/api/v1/devices/{id}/metrics", People),
        ("GET", "/api/v1/devices/{id}/metrics/names", People),
        ("GET", "/api/v1/agents/{id}/metrics", People),
        ("GET", "/api/v1/agents/{id}/metrics/names", People),
        ("POST", "/api/v1/devices/{id}/drain", Operators),
        ("POST", "/api/v1/devices/{id}/resume", Operators),
        ("POST", "/api/v1/agents/register", Devices),
        ("GET", "/api/v1/agents", PeopleAndDevices),
        ("POST", "/api/v1/agents", Operators),
        ("GET", "/api/v1/agents/{id}", PeopleAndDevices),
        ("PUT", "/api/v1/agents/{id}", Operators),
        ("PATCH", "/api/v1/agents/{id}", Operators),
        ("DELETE", "/api/v1/agents/{id}", Operators),
        ("GET", "/api/v1/agents/{id}/config", PeopleAndDevices),
        ("PUT", "/api/v1/agents/{id}/config", Operators),
        ("GET", "/api/v1/agents/{id}/secrets", Users),
        ("PUT", "/api/v1/agents/{id}/secrets/{name}", Users),
        ("DELETE", "/api/v1/agents/{id}/secrets/{name}", Users),
        ("GET", "/api/v1/agents/{id}/budget", People),
        ("GET", "/api/v1/posts/{id}/budget", People),
        ("GET", "/api/v1/posts", People),
        ("POST", "/api/v1/posts", Operators),
        ("GET", "/api/v1/posts/{id}", People),
        ("PUT", "/api/v1/posts/{id}", Operators),
        ("DELETE", "/api/v1/posts/{id}", Operators),
        ("GET", "/api/v1/posts/{id}/versions", People),
        ("GET", "/api/v1/posts/{id}/versions/{number}", People),
        ("GET", "/api/v1/posts/{id}/versions/compare", People),
        ("POST", "/api/v1/posts/{id}/versions/{number}/restore", Operators),
        ("GET", "/api/v1/posts/{id}/agents", People),
        ("POST", "/api/v1/posts/{id}/agents", Operators),
        ("GET", "/api/v1/posts/{id}/rollouts", People),
        ("POST", "/api/v1/posts/{id}/rollouts", Operators),
        ("GET", "/api/v1/posts/{id}/rollouts/{rolloutId}", People),
        ("PATCH", "/api/v1/posts/{id}/rollouts/{rolloutId}", Operators),
        ("POST", "/api/v1/posts/{id}/rollouts/{rolloutId}/advance", Operators),
        ("POST", "/api/v1/posts/{id}/rollouts/{rolloutId}/back", Operators),
        ("GET", "/api/v1/posts/{id}/secrets", Operators),
        ("PUT", "/api/v1/posts/{id}/secrets/{name}", Operators),
        ("DELETE", "/api/v1/posts/{id}/secrets/{name}", Operators),
        ("GET", "/api/v1/posts/{id}/export", People),
        ("POST", "/api/v1/posts/import", Operators),
        ("GET", "/api/v1/posts/gallery", People),
        ("POST", "/api/v1/posts/gallery/{name}", Operators),
        ("POST", "/api/v1/tasks", UsersAndDevices),
        ("POST", "/api/v1/tasks/batch", UsersAndDevices),
        ("GET", "/api/v1/tasks", PeopleAndDevices),
        ("GET", "/api/v1/tasks/{id}", PeopleAndDevices),
        ("GET", "/api/v1/tasks/{id}/events", PeopleAndDevices),
        ("GET", "/api/v1/tasks/{id}/attempts", PeopleAndDevices),
        ("GET", "/api/v1/tasks/{id}/explain", PeopleAndDevices),
        ("POST", "/api/v1/tasks/{id}/cancel", Users),
        ("POST", "/api/v1/tasks/{id}/retry", Users),
        ("POST", "/api/v1/tasks/{id}/migrate", Users),
        ("GET", "/api/v1/questions", People),
        ("GET", "/api/v1/tasks/{id}/questions", PeopleAndDevices),
        ("POST", "/api/v1/tasks/{id}/answer", Users),
        ("POST", "/api/v1/tasks/{id}/message", Users),
        ("POST", "/api/v1/agents/{id}/message", Users),
        ("POST", "/api/v1/tasks/{id}/accept", UsersAndDevices),
        ("POST", "/api/v1/tasks/{id}/progress", UsersAndDevices),
        ("POST", "/api/v1/tasks/{id}/result", UsersAndDevices),
        ("POST", "/api/v1/tasks/{id}/error", UsersAndDevices),
        // To whoever doesn't run the task there are none, and nobody is refused.
        ("POST", "/api/v1/tasks/{id}/secrets", PeopleAndDevices),
        ("POST", "/api/v1/tasks/group", Users),
        ("POST", "/api/v1/tasks/{id}/group", Users),
        ("GET", "/api/v1/tasks/{id}/group", PeopleAndDevices),
        ("GET", "/api/v1/tasks/{id}/colleagues", Devices),
        ("POST", "/api/v1/tasks/{id}/handovers", Devices),
        ("GET", "/api/v1/tasks/{id}/handovers", Devices),
        ("GET", "/api/v1/tasks/{id}/handovers/{child_id}", Devices),
        ("GET", "/api/v1/tasks/{id}/artifacts", PeopleAndDevices),
        ("POST", "/api/v1/tasks/{id}/artifacts", UsersAndDevices),
        ("GET", "/api/v1/tasks/{id}/artifacts/{artifact_id}", PeopleAndDevices),
        ("DELETE", "/api/v1/tasks/{id}/artifacts/{artifact_id}", UsersAndDevices),
        ("POST", "/api/v1/agents/{id}/tasks", UsersAndDevices),
        ("GET", "/api/v1/agents/{id}/tasks", PeopleAndDevices),
        ("GET", "/api/v1/schedules", People),
        ("POST", "/api/v1/schedules", Users),
        ("POST", "/api/v1/schedules/preview", People),
        ("GET", "/api/v1/schedules/{id}", People),
        ("PUT", "/api/v1/schedules/{id}", Users),
        ("PATCH", "/api/v1/schedules/{id}", Users),
        ("DELETE", "/api/v1/schedules/{id}", Users),
        ("POST", "/api/v1/schedules/{id}/pause", Users),
        ("POST", "/api/v1/schedules/{id}/resume", Users),
        ("POST", "/api/v1/schedules/{id}/run", Users),
        ("GET", "/api/v1/schedules/{id}/preview", People),
        ("GET", "/api/v1/schedules/{id}/firings", People),
        ("GET", "/api/v1/agents/{id}/sessions", PeopleAndDevices),
        ("GET", "/api/v1/sessions", PeopleAndDevices),
        ("GET", "/api/v1/sessions/{id}", PeopleAndDevices),
        ("GET", "/api/v1/sessions/{id}/messages", PeopleAndDevices),
        ("GET", "/api/v1/sessions/{id}/export", PeopleAndDevices),
        ("GET", "/api/v1/reports/work", People),
        ("GET", "/api/v1/groups", PeopleAndDevices),
        ("POST", "/api/v1/groups", UsersAndDevices),
        ("GET", "/api/v1/groups/{id}", PeopleAndDevices),
        ("PATCH", "/api/v1/groups/{id}", UsersAndDevices),
        ("GET", "/api/v1/groups/{id}/members", PeopleAndDevices),
        ("POST", "/api/v1/groups/{id}/members", UsersAndDevices),
        ("POST", "/api/v1/groups/{id}/join", UsersAndDevices),
        ("POST", "/api/v1/groups/{id}/leave", UsersAndDevices),
        ("POST", "/api/v1/groups/{id}/read", PeopleAndDevices),
        ("GET", "/api/v1/groups/{id}/messages", PeopleAndDevices),
        ("POST", "/api/v1/groups/{id}/messages", UsersAndDevices),
        ("PATCH", "/api/v1/groups/{id}/messages/{message_id}", UsersAndDevices),
        ("DELETE", "/api/v1/groups/{id}/messages/{message_id}", UsersAndDevices),
        ("GET", "/api/v1/groups/{id}/messages/{message_id}/history", PeopleAndDevices),
        ("POST", "/api/v1/groups/{id}/attachments", UsersAndDevices),
        ("GET", "/api/v1/groups/{id}/attachments/{attachment_id}", PeopleAndDevices),
        ("GET", "/api/v1/messages", PeopleAndDevices),
        ("GET", "/api/v1/inbox", People),
        ("POST", "/api/v1/inbox/ack", People),
        ("GET", "/api/v1/agents/{id}/inbox", PeopleAndDevices),
        ("POST", "/api/v1/agents/{id}/inbox/ack", UsersAndDevices),
    ];

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
        foreach (var (method, path, roles) in Table)
        {
            // Some routes end the session that they are called by.
            var api = path is "/api/v1/auth/logout" or "/api/v1/auth/password" ? await NewAsync(role) : stays;
            var answer = await AskAsync(api, method, path);

            var allowed = roles.Split(' ').Contains(role);
            // An open door may still say that the token in hand is no good.
            var open = roles == Everybody;
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

        Assert.Equal(Table.Select(route => $"{route.Method} {route.Path}").Order(), documented.Order());
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

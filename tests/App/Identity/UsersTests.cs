using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Identity;

[Collection(WholeApp.Name)]
public sealed class UsersTests(AgentsApp app)
{
    [Fact(DisplayName = "An admin lists, finds, creates, changes and deletes accounts")]
    public async Task Crud()
    {
        var admin = await app.AdminAsync();
        var name = $"w_{Guid.NewGuid():N}%";

        var made = await admin.PostAsync("/api/v1/users", new { email = $"{Guid.NewGuid():N}@test.example", password = Person.Password, name });
        var id = made.Text("id");
        var found = await admin.GetAsync($"/api/v1/users?q={Uri.EscapeDataString(name)}&page_size=5");
        var changed = await admin.PatchAsync($"/api/v1/users/{id}", new { name = name + "2", roles = new[] { "operator" } });
        var deleted = await admin.DeleteAsync($"/api/v1/users/{id}");

        made.Is(201, 0);
        Assert.Equal((1, id), (found.Data.GetProperty("total").GetInt32(), found.Data.GetProperty("items")[0].GetProperty("id").GetString()));
        Assert.Equal((name + "2", "operator"), (changed.Text("name"), changed.Data.GetProperty("roles")[0].GetString()));
        Assert.True(deleted.Data.GetProperty("deleted").GetBoolean());
        (await admin.GetAsync($"/api/v1/users/{id}")).Is(404, 2001);
        (await admin.DeleteAsync($"/api/v1/users/{id}")).Is(404, 2001);
    }

    [Fact(DisplayName = "The list comes in pages with an exact total")]
    public async Task Pages()
    {
        var admin = await app.AdminAsync();
        for (var i = 0; i < 3; i++)
        {
            await app.PersonAsync("viewer");
        }

        var first = await admin.GetAsync("/api/v1/users?page=1&page_size=2");
        var second = await admin.GetAsync("/api/v1/users?page=2&page_size=2");

        Assert.Equal(2, first.Data.GetProperty("items").GetArrayLength());
        Assert.NotEqual(
            first.Data.GetProperty("items")[0].GetProperty("id").GetString(), second.Data.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal(first.Data.GetProperty("total").GetInt32(), second.Data.GetProperty("total").GetInt32());
    }

    [Fact(DisplayName = "The last admin can't be deleted, disabled or made less")]
    public async Task LastAdmin()
    {
        await app.PersonAsync("admin");
        var admin = await app.AdminAsync();
        var id = (await admin.GetAsync("/api/v1/auth/me")).Text("id");
        // Other tests made admins too: as long as there is one, this one is not the last.
        foreach (var other in await OtherAdminsAsync(admin, id))
        {
            (await admin.PatchAsync($"/api/v1/users/{other}", new { roles = new[] { "user" } })).Is(200, 0);
        }

        (await admin.DeleteAsync($"/api/v1/users/{id}")).Is(409, 3001);
        (await admin.PatchAsync($"/api/v1/users/{id}", new { disabled = true })).Is(409, 3001);
        (await admin.PatchAsync($"/api/v1/users/{id}", new { roles = new[] { "user" } })).Is(409, 3001);
    }

    [Fact(DisplayName = "The same Idempotency-Key makes one account, also with twenty at once; another body is refused")]
    public async Task Idempotent()
    {
        var admin = await app.AdminAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var body = new { email = $"{Guid.NewGuid():N}@test.example", password = Person.Password };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.PostAsync("/api/v1/users", body, key)));
        var other = await admin.PostAsync("/api/v1/users", new { body.email, password = "another password" }, key);

        Assert.All(answers, answer => answer.Is(201, 0));
        Assert.Single(answers.Select(answer => answer.Text("id")).Distinct());
        other.Is(409, 3002);
    }

    [Fact(DisplayName = "A refused request leaves its Idempotency-Key free")]
    public async Task IdempotentAfterRefusal()
    {
        var admin = await app.AdminAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        (await admin.PostAsync("/api/v1/users", new { email = "admin@localhost", password = Person.Password }, key)).Is(409, 3002);
        (await admin.PostAsync("/api/v1/users", new { email = $"{Guid.NewGuid():N}@test.example", password = Person.Password }, key)).Is(201, 0);
    }

    [Fact(DisplayName = "Every change is in the audit outbox, with who, from where and under which request")]
    public async Task Audit()
    {
        var admin = await app.AdminAsync();
        var made = await admin.PostAsync("/api/v1/users", new { email = $"{Guid.NewGuid():N}@test.example", password = Person.Password });

        var entry = await Database.SingleAsync(
            app.App, "identitydb", "SELECT actor, address, action, outcome FROM audit_outbox WHERE request_id = $1", made.RequestId);

        Assert.Equal((await admin.GetAsync("/api/v1/auth/me")).Text("id"), entry[0]);
        Assert.StartsWith("10.", (string)entry[1]);
        Assert.Equal(("user.created", "ok"), ((string)entry[2], (string)entry[3]));
    }

    private static async Task<List<string>> OtherAdminsAsync(Api admin, string id)
    {
        List<string> others = [];
        for (var page = 1; ; page++)
        {
            var users = (await admin.GetAsync($"/api/v1/users?page={page}&page_size=200")).Data.GetProperty("items").EnumerateArray().ToList();
            others.AddRange(users
                .Where(user => user.GetProperty("roles").EnumerateArray().Any(role => role.GetString() == "admin"))
                .Select(user => user.GetProperty("id").GetString()!)
                .Where(other => other != id));
            if (users.Count < 200)
            {
                return others;
            }
        }
    }
}

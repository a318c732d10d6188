using System.Text.Json;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Groups;

[Collection(WholeApp.Name)]
public sealed class PresentPeopleTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact(DisplayName = "Of a group's people it is said who is connected, also in another tab, and no more when the last connection ends")]
    public async Task ComesAndGoes()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("user"));
        var (agent, _) = await Chat.AgentAsync(admin);
        var group = await Chat.GroupAsync(admin, new { name = "who is there", members = new[] { $"user:{person.Id}", agent } });
        await IsAsync(admin, group, person.Id, online: false);

        await using (await app.PersonSocketAsync(person.Api))
        {
            var other = await app.PersonSocketAsync(person.Api);
            await IsAsync(admin, group, person.Id, online: true);
            await other.DisposeAsync();
            await using var postgres = NpgsqlDataSource.Create((await app.App.GetConnectionStringAsync("realtimedb", TestContext.Current.CancellationToken))!);
            await using var wait = postgres.CreateCommand("SELECT count(*) FROM people_here WHERE member = $1");
            wait.Parameters.AddWithValue($"user:{person.Id}");
            Assert.Equal(1L, await wait.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            await IsAsync(admin, group, person.Id, online: true);
        }

        await IsAsync(admin, group, person.Id, online: false);
        Assert.Equal(JsonValueKind.Null, (await MemberAsync(admin, group, agent)).GetProperty("online").ValueKind);
    }

    [Fact(DisplayName = "Who was connected to a replica that was killed is not there any more when it was silent for long enough")]
    public async Task Killed()
    {
        var (admin, person) = (await app.AdminAsync(), await app.PersonAsync("user"));
        var group = await Chat.GroupAsync(admin, new { name = "who was there", members = new[] { $"user:{person.Id}" } });
        await using var postgres = NpgsqlDataSource.Create((await app.App.GetConnectionStringAsync("realtimedb", TestContext.Current.CancellationToken))!);

        await SeenAsync(postgres, person.Id, "20 seconds");
        await IsAsync(admin, group, person.Id, online: true);
        await SeenAsync(postgres, person.Id, "31 seconds");
        await IsAsync(admin, group, person.Id, online: false);
    }

    /// <summary>As a replica leaves it that nobody stopped.</summary>
    private static async Task SeenAsync(NpgsqlDataSource postgres, string person, string ago)
    {
        await using var seen = postgres.CreateCommand(
            "INSERT INTO people_here (member, instance, seen_at) VALUES ($1, 'killed', now() - $2::interval) ON CONFLICT (member, instance) DO UPDATE SET seen_at = excluded.seen_at");
        seen.Parameters.AddWithValue($"user:{person}");
        seen.Parameters.AddWithValue(ago);
        await seen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static Task IsAsync(Api api, string group, string person, bool online) => Eventually.TrueAsync(
        async () => (await MemberAsync(api, group, person)).GetProperty("online").GetBoolean() == online, Limit, $"{person} is {(online ? "here" : "gone")}");

    private static async Task<JsonElement> MemberAsync(Api api, string group, string id) =>
        (await api.GetAsync($"/api/v1/groups/{group}/members")).Data.GetProperty("items").EnumerateArray().Single(member => member.GetProperty("id").GetString() == id);
}

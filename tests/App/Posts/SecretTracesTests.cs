using System.Text;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Tests.App.Posts;

/// <summary>Where a secret could have been left behind.</summary>
[Collection(WholeApp.Name)]
public sealed class SecretTracesTests(AgentsApp app)
{
    private static readonly string[] Databases = ["identitydb", "registrydb", "postsdb", "schedulerdb", "realtimedb"];

    /// <summary>Of all tables, those with a row that has one of these texts; bytes are written as hex.</summary>
    private const string Find =
        """
        SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') FROM (
            SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')) AS tables
        WHERE query_to_xml(format('SELECT FROM %s AS t WHERE strpos(t::text, %L) > 0 OR strpos(t::text, %L) > 0 OR strpos(t::text, %L) > 0 LIMIT 1', name, $1, $2, $3), true, false, '')::text LIKE '%<row%'
        """;

    [Fact(DisplayName = "A value that was written, refused, given out and asked for again lies in no table of any database and in no log")]
    public async Task Nowhere()
    {
        var (value, marker) = ($"value-{Guid.NewGuid():N}", $"marker-{Guid.NewGuid():N}");
        var admin = await app.AdminAsync();
        var machine = await Fleet.EnrolAsync(app, admin);
        var post = await admin.PostOfAsync(new { role_prompt = marker, environment = SecretCalls.Environment(("A", "a"), ("B", "b")) });
        var agent = await Fleet.AgentAsync(admin, new { name = "one", post_id = post, device_id = machine.Id });
        foreach (var path in new[] { $"/api/v1/posts/{post}/secrets/a", $"/api/v1/agents/{agent}/secrets/b" })
        {
            var key = ("Idempotency-Key", Guid.NewGuid().ToString());
            (await admin.SendAsync(HttpMethod.Put, path, Json($$"""{"value":"{{value}}"}"""), key)).Is(200, 0);
            foreach (var wrong in new[] { $$"""{"value":"{{value}}","{{value}}":1}""", $$"""{"value":["{{value}}"]}""", $$"""{"value":"{{value}}""", $"\"{value}\"", value, $$"""{"value":"{{value}}\u0000"}""" })
            {
                var refused = await admin.SendAsync(HttpMethod.Put, path, Json(wrong), key);
                refused.Is(400, 1001);
            }
        }

        var task = await machine.TakenAsync(admin, agent);
        foreach (var _ in new[] { 1, 2 })
        {
            var given = await machine.Api.PostAsync($"/api/v1/tasks/{task.Id}/secrets", new { attempt = task.Attempt }, ("Idempotency-Key", "the same"));
            Assert.Equal($$$"""{"environment":{"A":"{{{value}}}","B":"{{{value}}}"}}""", given.Data.GetRawText());
        }

        (await admin.PostAsync($"/api/v1/tasks/{task.Id}/secrets", new { attempt = task.Attempt, value })).Is(404, 2001);
        Assert.Equal("", await TablesAsync(value));
        // What is in a table is found in it.
        Assert.Equal("public.post_versions public.posts", await TablesAsync(marker));
        var logs = await LogsAsync();
        Assert.All(logs, log => Assert.False(log.Text.Contains(value, StringComparison.Ordinal), $"{log.Name} has the value"));
        Assert.Contains(logs, log => log.Name == "posts.log" && log.Text.Contains("Migrated", StringComparison.Ordinal));
    }

    private async Task<string> TablesAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var found = await Task.WhenAll(Databases.Select(database => Database.SingleAsync(
            app.App, database, Find, text, Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes).TrimEnd('='))));
        return string.Join(' ', found.Select(tables => (string)tables[0]).Where(tables => tables.Length > 0));
    }

    private async Task<List<(string Name, string Text)>> LogsAsync()
    {
        var folder = Path.Combine(app.App.Services.GetRequiredService<IConfiguration>()["Engine:DataPath"]!, "logs");
        List<(string, string)> logs = [];
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            logs.Add((Path.GetFileName(path), await reader.ReadToEndAsync(TestContext.Current.CancellationToken)));
        }

        return logs;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}

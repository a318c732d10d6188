using System.Globalization;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Figures of what was done.</summary>
[Collection(WholeApp.Name)]
public sealed class ReportsTests(AgentsApp app)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact(DisplayName = "What ended seconds ago is counted: by its end, its times, its tries and what it cost")]
    public async Task Counted()
    {
        var mine = await app.PersonAsync("user");
        await using var worker = await Worker.StartAsync(app, await app.AdminAsync());
        await worker.DoAsync(await mine.Api.SubmitAsync(new { agent_id = worker.AgentId, type = "=1+1" }));
        var again = await mine.Api.SubmitAsync(new { agent_id = worker.AgentId, type = "=1+1", max_attempts = 2, retry = new { backoff = 0.1 } });
        var failing = await worker.NextAsync(again);
        await worker.AcceptAsync(failing);
        await worker.ErrorAsync(failing, "it fell over", "crashed");
        var last = await worker.NextAsync(again);
        await worker.AcceptAsync(last);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
        await worker.Socket.SendAsync(FrameType.TaskResult, new { task_id = again, attempt = 2, result = 1, usage = new { input_tokens = 7, output_tokens = "many", cost_usd = 0.5 } });
        var bad = await mine.Api.SubmitAsync(new { agent_id = worker.AgentId, type = "other" });
        await worker.ErrorAsync(await worker.NextAsync(bad), "no");
        await mine.Api.PostAsync($"/api/v1/tasks/{await mine.Api.SubmitAsync(new { type = "other", requires = new { capabilities = new[] { "what nobody has" } } })}/cancel");

        var sum = await SumAsync(mine.Api, 4);
        Assert.Equal((2, 1, 1, 0.666667, 1, 7, 0.5), (
            sum.GetProperty("done").GetInt32(), sum.GetProperty("failed").GetInt32(), sum.GetProperty("canceled").GetInt32(), sum.GetProperty("success_rate").GetDouble(),
            sum.GetProperty("retries").GetInt32(), sum.GetProperty("usage").GetProperty("input_tokens").GetInt32(), sum.GetProperty("usage").GetProperty("cost_usd").GetDouble()));
        Assert.InRange(sum.GetProperty("run").GetProperty("p95").GetDouble(), 0.45, 3);
        Assert.InRange(sum.GetProperty("wait").GetProperty("p50").GetDouble(), 0.0001, 3);
        foreach (var (group, key, ended) in new[] { ("agent", worker.AgentId, 3), ("user", mine.Id, 4), ("type", "=1+1", 2), ("day", null, 4), ("hour", null, 4) })
        {
            var first = (await mine.Api.GetAsync($"/api/v1/reports/work?group_by={group}")).Data.GetProperty("items")[0];
            Assert.Equal(ended, first.GetProperty("ended").GetInt32());
            Assert.True(key is null || first.GetProperty("key").GetString() == key);
        }

        using var file = await mine.Api.RawAsync(HttpMethod.Get, "/api/v1/reports/work?group_by=type&format=csv");
        var lines = (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\r\n");
        Assert.Equal(("text/csv", "utf-8"), (file.Content.Headers.ContentType?.MediaType, file.Content.Headers.ContentType?.CharSet));
        Assert.EndsWith(".csv", file.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        Assert.StartsWith("type,ended,done", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("'=1+1,2,2,0,0,1,1,", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "Everybody sees figures of his own work, and who runs the place sees all; days are those of the zone that is asked for")]
    public async Task Seen()
    {
        var (mine, other, admin) = (await app.PersonAsync("user"), await app.PersonAsync("user"), await app.AdminAsync());
        await using var worker = await Worker.StartAsync(app, admin);
        await worker.DoAsync(await mine.Api.SubmitAsync(new { agent_id = worker.AgentId }));
        await SumAsync(mine.Api, 1);

        Assert.Equal(0, (await other.Api.GetAsync($"/api/v1/reports/work?user_id={mine.Id}")).Data.GetProperty("total").GetInt32());
        Assert.Equal(1, (await admin.GetAsync($"/api/v1/reports/work?user_id={mine.Id}&group_by=device")).Data.GetProperty("sum").GetProperty("ended").GetInt32());
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (zone, hours) in new[] { ("Pacific/Kiritimati", 14), ("Etc/GMT+12", -12), ("UTC", 0) })
        {
            var day = (await mine.Api.GetAsync($"/api/v1/reports/work?group_by=day&tz={Uri.EscapeDataString(zone)}")).Data.GetProperty("items")[0].GetProperty("key").GetString();
            Assert.Contains(day, new[] { now, now.AddMinutes(-1) }.Select(at => at.AddHours(hours).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        (await mine.Api.GetAsync("/api/v1/reports/work?group_by=mood")).Error("group_by");
        (await mine.Api.GetAsync("/api/v1/reports/work?tz=Nowhere/At_all")).Error("tz");
        (await mine.Api.GetAsync("/api/v1/reports/work?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z")).Error("to");
        (await mine.Api.GetAsync("/api/v1/reports/work?from=0001-01-01T00:00:00Z")).Error("from");
        (await mine.Api.GetAsync("/api/v1/reports/work?to=9999-12-31T23:59:59Z")).Error("to");
    }

    private static async Task<JsonElement> SumAsync(Api api, int ended)
    {
        JsonElement sum = default;
        await Eventually.TrueAsync(
            async () => (sum = (await api.GetAsync("/api/v1/reports/work")).Data.GetProperty("sum")).GetProperty("ended").GetInt32() == ended, Limit, $"{ended} have ended ({sum})");
        return sum;
    }
}

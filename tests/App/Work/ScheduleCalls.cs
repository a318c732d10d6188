using System.Text.Json;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Schedules as their owner meets them.</summary>
internal static class ScheduleCalls
{
    public const string EverySecond = "* * * * * *";
    public const string Yearly = "0 0 0 1 1 *";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public static async Task<string> ScheduleAsync(this Api api, object schedule)
    {
        var made = await api.PostAsync("/api/v1/schedules", schedule);
        made.Is(201, 0);
        return made.Text("id");
    }

    public static async Task<JsonElement> DoAsync(this Api api, string id, string what)
    {
        var done = await api.PostAsync($"/api/v1/schedules/{id}/{what}");
        done.Is(what is "run" ? 202 : 200, 0);
        return done.Data;
    }

    /// <summary>Its history, oldest first.</summary>
    public static async Task<List<JsonElement>> FiringsAsync(this Api api, string id, int atLeast = 0, string? status = null)
    {
        List<JsonElement> firings = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var found = await api.GetAsync($"/api/v1/schedules/{id}/firings?page_size=200");
                found.Is(200, 0);
                firings = [.. found.Data.GetProperty("items").EnumerateArray().Reverse().Where(firing => status is null || firing.Text("status") == status)];
                return firings.Count >= atLeast;
            },
            Limit,
            $"{atLeast} firings of {id}");
        return firings;
    }

    public static string? Text(this JsonElement json, string field) => json.GetProperty(field).GetString();

    /// <summary>Each second from the first to the last, and none of them twice.</summary>
    public static void EachSecondOnce(IReadOnlyList<JsonElement> firings)
    {
        var times = firings.Select(firing => firing.GetProperty("scheduled_at").GetDateTimeOffset()).ToList();
        Assert.Equal(Enumerable.Range(0, times.Count).Select(n => times[0].AddSeconds(n)), times);
    }
}

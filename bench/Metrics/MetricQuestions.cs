using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Agents.Bench.Devices;
using Agents.Bench.Figures;

namespace Agents.Bench.Metrics;

/// <summary>What is asked for, through the gateway.</summary>
/// <param name="Ago">From when on.</param>
/// <param name="Step">In seconds.</param>
internal sealed record MetricQuestion(string Name, TimeSpan Ago, TimeSpan Span, int Step)
{
    private const int Asked = 200;

    /// <summary>Of each store: the smallest, the one that a page asks, and the one with the most items that are told at once.</summary>
    public static readonly IReadOnlyList<MetricQuestion> All =
    [
        new("points: one item of 30 s", TimeSpan.FromHours(2), TimeSpan.FromSeconds(1), 30),
        new("points: an hour, step 30 s", TimeSpan.FromHours(1), TimeSpan.FromHours(1), 30),
        new("points: 23 hours, step 42 s", TimeSpan.FromHours(23), TimeSpan.FromHours(23), 42),
        new("minutes: one item of 60 s", TimeSpan.FromHours(2), TimeSpan.FromSeconds(1), 60),
        new("minutes: a day, step 300 s", TimeSpan.FromHours(23.8), TimeSpan.FromHours(23.8), 300),
        new("minutes: a day, step 60 s", TimeSpan.FromHours(23.8), TimeSpan.FromHours(23.8), 60),
        new("minutes: 29 days, step 21 min", TimeSpan.FromDays(29), TimeSpan.FromDays(29), 1260),
        new("hours: one item of an hour", TimeSpan.FromHours(5), TimeSpan.FromSeconds(1), 3600),
        new("hours: 29 days, step 6 h", TimeSpan.FromDays(29), TimeSpan.FromDays(29), 21_600),
        new("hours: a year, step 5 h", TimeSpan.FromDays(363), TimeSpan.FromDays(363), 18_000),
    ];

    /// <summary>One after the other, of the figures of one device in turn. The first few do not count.</summary>
    public async Task<(int Items, Latencies Latencies)> AskAsync(HttpClient gateway, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (items, latencies) = (0, new Latencies(Asked));
        for (var n = -MetricHistory.FiguresOfEach; n < Asked; n++)
        {
            var figure = MetricHistory.Figure((n + MetricHistory.FiguresOfEach) % MetricHistory.FiguresOfEach);
            var start = Stopwatch.GetTimestamp();
            var body = await gateway.GetByteArrayAsync(
                $"/api/v1/devices/{new DeviceName(0).DeviceId}/metrics?name={figure}&from={Text(now - Ago)}&to={Text(now - Ago + Span)}&step={Step}", cancellationToken);
            if (n >= 0)
            {
                latencies.Add(Stopwatch.GetTimestamp() - start);
            }

            using var answer = JsonDocument.Parse(body);
            items = answer.RootElement.GetProperty("data").GetProperty("items").GetArrayLength();
        }

        return (items, latencies);
    }

    private static string Text(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture));
}

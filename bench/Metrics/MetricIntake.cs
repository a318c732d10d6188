using System.Diagnostics;
using System.Net.Http.Json;
using Agents.Bench.Figures;
using Agents.Bench.Load;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Auth;

namespace Agents.Bench.Metrics;

/// <summary>Registry's own way for points: a report, answered when it is on disk. Each request of a turn is one report of the most points.</summary>
internal sealed class MetricIntake(Uri registry, string serviceKey, int connections) : ILoad, IDisposable
{
    private const string Path = "/internal/metrics";

    private readonly HttpClient _http = new() { BaseAddress = registry };

    public IReadOnlyList<MetricPoint> Report { get; set; } = [];

    public void Dispose() => _http.Dispose();

    public async Task ReportAsync(IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken) =>
        await SendAsync(await JsonContent.Create(new MetricReport(points), options: WireJson.Options).ReadAsByteArrayAsync(cancellationToken), cancellationToken);

    public async Task<Turn> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var body = await JsonContent.Create(new MetricReport(Report), options: WireJson.Options).ReadAsByteArrayAsync(cancellationToken);
        return await Together.RunAsync(connections, duration, () => SendAsync(body, cancellationToken));
    }

    private async Task SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Authorization = new(ServiceCredential.Scheme, new ServiceCredential(serviceKey, TimeProvider.System).Issue("realtime"));
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}

internal static class Together
{
    /// <summary>So many at once, each again as soon as it is done.</summary>
    public static async Task<Turn> RunAsync(int connections, TimeSpan duration, Func<Task> once)
    {
        var (start, all) = (Stopwatch.GetTimestamp(), new Latencies());
        foreach (var latencies in await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(OneAsync))))
        {
            all.Add(latencies);
        }

        return new(all, Stopwatch.GetElapsedTime(start));

        async Task<Latencies> OneAsync()
        {
            var latencies = new Latencies();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var at = Stopwatch.GetTimestamp();
                await once();
                latencies.Add(Stopwatch.GetTimestamp() - at);
            }

            return latencies;
        }
    }
}

using System.Net;
using Agents.Contracts.Registry;
using Agents.Realtime.Metrics;
using Refit;

namespace Agents.Tests.Units.Realtime;

public sealed class MetricsTests
{
    [Fact]
    public void Put_TooMany_TheOldestGiveWay()
    {
        var waiting = new WaitingPoints(3);

        Assert.Equal(0, waiting.Put(Points(1, 2)));
        Assert.Equal(2, waiting.Put(Points(3, 4, 5)));

        Assert.Equal([3.0, 4], waiting.Take(2).Select(point => point.Value));
        Assert.Equal([5.0], waiting.Take(2).Select(point => point.Value));
    }

    [Fact]
    public async Task After_RegistryIsAwayOrFull_TriesForEverAndNotTooOften()
    {
        Assert.Equal([1.0, 2, 4, 8, 16, 30, 30], Enumerable.Range(1, 7).Select(tries => Retry.After(new HttpRequestException("away"), tries)!.Value.TotalSeconds));
        Assert.Equal(3, Retry.After(await AnswerAsync(HttpStatusCode.ServiceUnavailable, 3), 99)!.Value.TotalSeconds);
        Assert.Equal(30, Retry.After(await AnswerAsync(HttpStatusCode.ServiceUnavailable, 3_600), 1)!.Value.TotalSeconds);
    }

    [Fact]
    public async Task After_RegistryRefusesThem_TriesFiveTimes()
    {
        var refused = await AnswerAsync(HttpStatusCode.InternalServerError);

        Assert.NotNull(Retry.After(refused, 4));
        Assert.Null(Retry.After(refused, 5));
    }

    private static async Task<ApiException> AnswerAsync(HttpStatusCode status, int? retryAfter = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://registry/internal/metrics");
        using var response = new HttpResponseMessage(status);
        response.Headers.RetryAfter = retryAfter is { } seconds ? new(TimeSpan.FromSeconds(seconds)) : null;
        return await ApiException.Create(request, request.Method, response, new RefitSettings());
    }

    private static MetricPoint[] Points(params double[] values) => [.. values.Select(value => new MetricPoint("d", null, "n", value, DateTimeOffset.UnixEpoch))];
}

using Agents.Contracts.Gateway;
using Agents.ServiceDefaults.Clients;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agents.Gateway.Overview;

/// <summary>Asks every replica of every service how it is, all at once: one that is silent delays nobody else's answer.</summary>
internal sealed class HealthAsked(ServiceAddresses addresses, IHttpClientFactory clients, HealthCheckService own, TimeProvider time)
{
    public async Task<IReadOnlyList<ServiceHealth>> AskAllAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll([OwnAsync(cancellationToken), .. Services.Behind.Select(service => AskAsync(service, cancellationToken))]);

    private async Task<ServiceHealth> OwnAsync(CancellationToken cancellationToken)
    {
        var report = await own.CheckHealthAsync(cancellationToken);
        var ill = report.Entries.Values.Where(entry => entry.Status is not HealthStatus.Healthy).Select(entry => entry.Description);
        return HealthSummary.Of(Services.Gateway, [new(HealthSummary.Read(report.Status.ToString()), Round(report.TotalDuration))]) with
        {
            Description = string.Join(' ', ill) is { Length: > 0 } why ? why : null,
        };
    }

    private async Task<ServiceHealth> AskAsync(string service, CancellationToken cancellationToken) =>
        HealthSummary.Of(service, await Task.WhenAll(addresses.All(service).Select(address => AskAsync(address, cancellationToken))));

    private async Task<ReplicaHealth> AskAsync(Uri replica, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        string? answer = null;
        try
        {
            // Unhealthy comes with 503 and says so in its text.
            using var response = await clients.CreateClient(Services.Client).GetAsync(new Uri(replica, "/health"), cancellationToken);
            answer = await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Silence is an answer, too.
        }

        return new(HealthSummary.Read(answer), Round(time.GetElapsedTime(start)));
    }

    private static double Round(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 1);
}

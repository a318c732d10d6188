using System.Collections.Concurrent;

namespace Agents.ServiceDefaults.Clients;

/// <summary>Where a service's replicas listen, from Aspire's <c>services__name__endpoint__0..n</c>.</summary>
public sealed class ServiceAddresses(IConfiguration configuration, TimeProvider time)
{
    public const string Http = "http";

    /// <summary>So long one that did not answer is passed over, where there is another.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Uri, long> _resting = new();

    private readonly ConcurrentDictionary<(string Service, string Endpoint), Uri[]> _found = new();
    private uint _turn;

    public IReadOnlyList<Uri> All(string service, string endpoint = Http) => _found.GetOrAdd((service, endpoint), Read);

    /// <summary>The replicas take turns; one that hung or was not there has to sit out for a while.</summary>
    public Uri Next(string service)
    {
        switch (All(service))
        {
            case []:
                throw new HttpRequestException(HttpRequestError.NameResolutionError, $"No address of the service '{service}' is configured (services__{service}__http__0).");
            case [var only]:
                return only;
            case var many:
                var turn = Interlocked.Increment(ref _turn);
                var order = Enumerable.Range(0, many.Count).Select(n => many[(int)((turn + (uint)n) % (uint)many.Count)]);
                return order.FirstOrDefault(address => !IsResting(address)) ?? many[(int)(turn % (uint)many.Count)];
        }
    }

    public void Failed(Uri address) => _resting[address] = time.GetTimestamp();

    public void Answered(Uri address) => _resting.TryRemove(address, out _);

    private bool IsResting(Uri address) => _resting.TryGetValue(address, out var since) && time.GetElapsedTime(since) < Rest;

    private Uri[] Read((string Service, string Endpoint) at) =>
        [.. configuration.GetSection($"services:{at.Service}:{at.Endpoint}").GetChildren().Select(child => new Uri(child.Value!))];
}

/// <summary>Turns http://identity into a replica's address, anew for each attempt.</summary>
internal sealed class AddressHandler(ServiceAddresses addresses) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var logical = request.RequestUri!;
        var physical = addresses.Next(logical.Host);
        request.RequestUri = new UriBuilder(logical) { Scheme = physical.Scheme, Host = physical.Host, Port = physical.Port }.Uri;
        return SendAndRestoreAsync(request, logical, physical, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAndRestoreAsync(HttpRequestMessage request, Uri logical, Uri physical, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            addresses.Answered(physical);
            return response;
        }
        catch
        {
            // Also where it was the caller's patience that ended: another one may be quicker.
            addresses.Failed(physical);
            throw;
        }
        finally
        {
            request.RequestUri = logical;
        }
    }
}

using System.Collections.Concurrent;

namespace Agents.ServiceDefaults.Clients;

/// <summary>Where a service's replicas listen, from Aspire's <c>services__name__endpoint__0..n</c>.</summary>
public sealed class ServiceAddresses(IConfiguration configuration)
{
    public const string Http = "http";

    private readonly ConcurrentDictionary<(string Service, string Endpoint), Uri[]> _found = new();
    private uint _turn;

    public IReadOnlyList<Uri> All(string service, string endpoint = Http) => _found.GetOrAdd((service, endpoint), Read);

    /// <summary>The replicas take turns.</summary>
    public Uri Next(string service) => All(service) switch
    {
        [] => throw new HttpRequestException(HttpRequestError.NameResolutionError, $"No address of the service '{service}' is configured (services__{service}__http__0)."),
        [var only] => only,
        var many => many[(int)(Interlocked.Increment(ref _turn) % (uint)many.Count)],
    };

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
        return SendAndRestoreAsync(request, logical, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAndRestoreAsync(HttpRequestMessage request, Uri logical, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = logical;
        }
    }
}

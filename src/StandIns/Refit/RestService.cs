using Refit.StandIn;

namespace Refit;

/// <summary>Makes the client of an interface. The client itself was written by the generator when the interface was compiled.</summary>
public static class RestService
{
    public static T For<T>(HttpClient client) => For<T>(client, null);

    public static T For<T>(HttpClient client, RefitSettings? settings) => RestClients.Create<T>(client, settings ?? new RefitSettings());

    public static T For<T>(string hostUrl) => For<T>(hostUrl, null);

    public static T For<T>(string hostUrl, RefitSettings? settings) => For<T>(CreateHttpClient(hostUrl, settings), settings);

    public static HttpClient CreateHttpClient(string hostUrl, RefitSettings? settings)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(hostUrl);

        return new HttpClient(settings?.HttpMessageHandlerFactory?.Invoke() ?? new HttpClientHandler())
        {
            BaseAddress = new Uri(hostUrl.TrimEnd('/')),
        };
    }
}

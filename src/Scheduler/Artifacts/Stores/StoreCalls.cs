using System.Net;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>
/// Requests to a store outside: each is made anew and signed for each try, to nowhere but the configured address, and a
/// few times where the store is busy or the line breaks.
/// </summary>
internal sealed class StoreCalls(TimeProvider time, string store) : IDisposable
{
    private const int MostTries = 4;
    private const int LongestReason = 500;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>The answer with one of these, or else with success; its body is not read yet.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, CancellationToken cancellationToken, params HttpStatusCode[] expected)
    {
        for (var (tries, pause) = (1, FirstPause); ; tries++, pause *= 3)
        {
            try
            {
                using var request = make();
                var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.IsSuccessStatusCode || expected.Contains(response.StatusCode))
                {
                    return response;
                }

                using (response)
                {
                    if (tries == MostTries || !MayPass(response.StatusCode))
                    {
                        throw await RefusalAsync(request, response, cancellationToken);
                    }
                }
            }
            catch (HttpRequestException e) when (e.StatusCode is null && tries < MostTries)
            {
                // The line broke: once more.
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>For those of whose answer only the status counts.</summary>
    public async Task DoAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken, params HttpStatusCode[] expected)
    {
        using var response = await SendAsync(make, cancellationToken, expected);
    }

    public async Task<Stream> OpenAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var response = await SendAsync(make, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static bool MayPass(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;

    /// <summary>Its own words say best what is wrong with bucket or keys.</summary>
    private async Task<HttpRequestException> RefusalAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var said = await response.Content.ReadAsStringAsync(cancellationToken);
        return new(
            HttpRequestError.InvalidResponse,
            $"{store} answered {(int)response.StatusCode} to {request.Method} {request.RequestUri?.AbsolutePath}: {said[..Math.Min(said.Length, LongestReason)]}",
            null, response.StatusCode);
    }
}

namespace Refit.StandIn;

public sealed partial class RestRequest
{
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        using var request = await BuildAsync(cancellationToken).ConfigureAwait(false);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);

        if (await settings.ExceptionFactory(response).ConfigureAwait(false) is { } failure)
        {
            throw failure;
        }
    }

    public async Task<HttpResponseMessage> SendForMessageAsync(CancellationToken cancellationToken)
    {
        using var request = await BuildAsync(cancellationToken).ConfigureAwait(false);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    public async Task<T?> SendForAsync<T>(CancellationToken cancellationToken)
    {
        var (response, content, failure) = await SendAndReadAsync<T>(cancellationToken).ConfigureAwait(false);
        if (failure is not null || !IsReadLater<T>())
        {
            response.Dispose();
        }

        return failure is null ? content : throw failure;
    }

    public async Task<ApiResponse<T>> SendForResponseAsync<T>(CancellationToken cancellationToken)
    {
        var (response, content, failure) = await SendAndReadAsync<T>(cancellationToken).ConfigureAwait(false);
        return new ApiResponse<T>(response, content, settings, failure as ApiException);
    }

    private async Task<(HttpResponseMessage Response, T? Content, Exception? Failure)> SendAndReadAsync<T>(CancellationToken cancellationToken)
    {
        using var request = await BuildAsync(cancellationToken).ConfigureAwait(false);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!response.IsSuccessStatusCode)
            {
                // The factory that reads the error has no token; with the body at hand it needs none.
                await TryBufferAsync(response.Content, cancellationToken).ConfigureAwait(false);
            }

            return await settings.ExceptionFactory(response).ConfigureAwait(false) is { } failure
                ? (response, default, failure)
                : await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<(HttpResponseMessage Response, T? Content, Exception? Failure)> ReadAsync<T>(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return (response, await DeserializeAsync<T>(response.Content, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception unreadable) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = settings.DeserializationExceptionFactory is { } describe
                ? await describe(response, unreadable).ConfigureAwait(false)
                : await ApiException
                    .Create("An error occured deserializing the response.", response.RequestMessage!, response.RequestMessage!.Method, response, settings, unreadable)
                    .ConfigureAwait(false);
            return (response, default, failure);
        }
    }

    private async Task<T?> DeserializeAsync<T>(HttpContent content, CancellationToken cancellationToken)
    {
        if (typeof(T) == typeof(string))
        {
            return (T)(object)await content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }

        if (typeof(T) == typeof(Stream))
        {
            return (T)(object)await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        }

        return typeof(T) == typeof(HttpContent)
            ? (T)(object)content
            : await settings.ContentSerializer.FromHttpContentAsync<T>(content, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsReadLater<T>() => typeof(T) == typeof(Stream) || typeof(T) == typeof(HttpContent);

    private static async Task TryBufferAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            // The status still tells more than the broken body.
        }
    }
}

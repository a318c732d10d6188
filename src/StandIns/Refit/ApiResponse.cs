using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;

namespace Refit;

/// <inheritdoc cref="IApiResponse{T}"/>
public sealed class ApiResponse<T>(HttpResponseMessage response, T? content, RefitSettings settings, ApiException? error = null)
    : IApiResponse<T>
{
    public T? Content { get; } = content;

    public RefitSettings Settings { get; } = settings;

    public ApiException? Error { get; } = error;

    public HttpResponseHeaders Headers => response.Headers;

    public HttpContentHeaders? ContentHeaders => response.Content.Headers;

    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccessStatusCode => response.IsSuccessStatusCode;

    /// <inheritdoc cref="IApiResponse.IsSuccessful"/>
    [MemberNotNullWhen(true, nameof(Content))]
    [MemberNotNullWhen(true, nameof(ContentHeaders))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccessful => IsSuccessStatusCode && Error is null;

    public string? ReasonPhrase => response.ReasonPhrase;

    public HttpRequestMessage? RequestMessage => response.RequestMessage;

    public HttpStatusCode StatusCode => response.StatusCode;

    public Version Version => response.Version;

    public Task<ApiResponse<T>> EnsureSuccessStatusCodeAsync() => ThrowUnlessAsync(IsSuccessStatusCode);

    public Task<ApiResponse<T>> EnsureSuccessfulAsync() => ThrowUnlessAsync(IsSuccessful);

    public void Dispose() => response.Dispose();

    private async Task<ApiResponse<T>> ThrowUnlessAsync(bool good)
    {
        if (good)
        {
            return this;
        }

        var error = Error ?? await ApiException
            .Create(response.RequestMessage!, response.RequestMessage!.Method, response, Settings)
            .ConfigureAwait(false);

        Dispose();
        throw error;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Daemon.Config;
using Agents.Daemon.Link;

namespace Agents.Daemon.Server;

/// <summary>
/// The server's REST API: how it is asked, and its answers read. What goes wrong is a <see cref="Failure"/> with the server's own
/// words; a 404 that a caller can live with is null. What it is asked stands in the files called Calls.
/// </summary>
internal sealed class ServerApi(ServerAddress server, HttpClient http) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly DaemonJson Json = DaemonJson.Wire;

    /// <summary>What a file may take, on a slow line as well.</summary>
    public static readonly TimeSpan FileLimit = TimeSpan.FromMinutes(30);

    public static ServerApi At(ServerAddress server, ServerTrust trust, TimeSpan? limit = null) => new(server, new(trust.NewHandler()) { Timeout = limit ?? Limit });

    public ServerAddress Server => server;

    /// <summary>Piece by piece; of none of them is waited longer than for an answer.</summary>
    public async Task DownloadAsync(string path, string credential, Func<ReadOnlyMemory<byte>, Task> take, int pieceSize, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw Refusals.Of(server, response.StatusCode, EnvelopeOf(await response.Content.ReadAsStringAsync(cancellationToken)));
            }

            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            var piece = new byte[pieceSize];
            using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            for (var read = 1; read > 0;)
            {
                silence.CancelAfter(Limit);
                read = await content.ReadAsync(piece, silence.Token);
                silence.CancelAfter(Timeout.Infinite);
                await take(piece.AsMemory(0, read));
            }
        }
        catch (HttpRequestException e)
        {
            throw Refusals.Unreachable(server, e);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpIOException && !cancellationToken.IsCancellationRequested)
        {
            throw new Failure(ExitCode.Unreachable, $"{server} broke off in the middle of a file. Try again.", e);
        }
    }

    /// <summary>What is no envelope, as it is. Null where there is none.</summary>
    public async Task<string?> GetTextAsync(string path, string credential, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path));
        return await TextAsync(request, credential, cancellationToken) switch
        {
            { Response.IsSuccessStatusCode: true } answer => answer.Text,
            { Response.StatusCode: HttpStatusCode.NotFound } => null,
            var answer => throw Refusals.Of(server, answer.Response.StatusCode, EnvelopeOf(answer.Text)),
        };
    }

    /// <param name="sha256">In hexadecimal, where the server is to look whether all of it came.</param>
    public async Task<TReply> PostFileAsync<TReply>(
        string path, HttpContent content, string? sha256, JsonTypeInfo<TReply> replyType, string credential, CancellationToken cancellationToken)
        where TReply : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = content };
        if (sha256 is not null)
        {
            request.Headers.Add("X-Content-SHA256", sha256);
        }

        return await SendAsync(request, replyType, credential, cancellationToken) ?? throw Strange(path);
    }

    /// <summary>The bytes as they were signed.</summary>
    public async Task<TReply> PostSignedAsync<TReply>(
        string path, byte[] body, SignedBytes signed, JsonTypeInfo<TReply> replyType, string credential, CancellationToken cancellationToken)
        where TReply : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new(System.Net.Mime.MediaTypeNames.Application.Json);
        if (signed.Signature is { } signature)
        {
            request.Headers.Add(FrameSignature.IdHeader, signed.Id);
            request.Headers.Add(FrameSignature.TimeHeader, signed.Ts.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add(FrameSignature.SignatureHeader, signature);
        }

        return await SendAsync(request, replyType, credential, cancellationToken) ?? throw Strange(path);
    }

    public void Dispose() => http.Dispose();

    public async Task<TReply> PostAsync<TBody, TReply>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TReply> replyType, string? credential, CancellationToken cancellationToken)
        where TReply : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = JsonContent.Create(body, bodyType) };
        return await SendAsync(request, replyType, credential, cancellationToken) ?? throw Strange(path);
    }

    public async Task<TReply?> GetAsync<TReply>(string path, JsonTypeInfo<TReply> type, string credential, CancellationToken cancellationToken)
        where TReply : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path));
        return await SendAsync(request, type, credential, cancellationToken);
    }

    private async Task<TReply?> SendAsync<TReply>(
        HttpRequestMessage request, JsonTypeInfo<TReply> type, string? credential, CancellationToken cancellationToken)
        where TReply : class
    {
        var (response, text) = await TextAsync(request, credential, cancellationToken);
        var envelope = EnvelopeOf(text);
        try
        {
            return response.IsSuccessStatusCode && envelope is { Code: 0 }
                ? envelope.Data.Deserialize(type)
                : request.Method == HttpMethod.Get && response.StatusCode is HttpStatusCode.NotFound && envelope is { Code: (int)ErrorCode.NotFound }
                    ? null
                    : throw Refusals.Of(server, response.StatusCode, envelope);
        }
        catch (JsonException e)
        {
            throw Strange(request.RequestUri?.AbsolutePath ?? "", e);
        }
    }

    private async Task<(HttpResponseMessage Response, string Text)> TextAsync(HttpRequestMessage request, string? credential, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return (response, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException e)
        {
            throw Refusals.Unreachable(server, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Failure(ExitCode.Unreachable, $"{server} did not answer within {http.Timeout.TotalSeconds:0} s. Is it overloaded, or is a firewall in between?", e);
        }
    }

    private static Envelope<JsonElement>? EnvelopeOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Json.EnvelopeJsonElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Uri Address(string path) => new(server.Http, $"api/v1/{path}");

    public Failure Strange(string path, Exception? cause = null) =>
        new(ExitCode.Failed, $"{server} answered {path} with something else than expected. Is this an Agents server, and of a version that fits {Build.Version}?", cause);
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Agents.Tests.App.Whole;

/// <summary>A caller of the public API, as plain as a script: paths, JSON, envelopes.</summary>
internal sealed class Api(HttpClient http, string? token = null)
{
    public HttpClient Http => http;

    public string? Token => token;

    public Api With(string? credential) => new(http, credential);

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body is HttpContent content ? content : JsonContent.Create(body ?? new { }), headers);

    public Task<Answer> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, JsonContent.Create(body));

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var response = await RawAsync(method, path, content, headers);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(
            response.Content.Headers.ContentType?.MediaType is "application/json",
            $"{method} {path} answered {(int)response.StatusCode} {response.Content.Headers.ContentType}: {text}");
        var envelope = JsonDocument.Parse(text).RootElement;
        return new(
            (int)response.StatusCode,
            envelope.GetProperty("code").GetInt32(),
            envelope.GetProperty("message").GetString()!,
            envelope.GetProperty("data"),
            envelope.GetProperty("request_id").GetString()!,
            response.Headers);
    }

    public Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

internal sealed record Answer(int Status, int Code, string Message, JsonElement Data, string RequestId, HttpResponseHeaders Headers)
{
    public string Text(string field) => Data.GetProperty(field).GetString()!;

    /// <summary>What is wrong with a field of a request that got 1001.</summary>
    public string Error(string field) => Data.GetProperty("errors").GetProperty(field)[0].GetString()!;

    public void Is(int status, int code) => Assert.True((status, code) == (Status, Code), $"expected {status}/{code}, got {Status}/{Code}: {Message} {Data}");
}

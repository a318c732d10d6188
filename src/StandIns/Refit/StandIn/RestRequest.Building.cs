using System.Text;

namespace Refit.StandIn;

public sealed partial class RestRequest
{
    private async Task<HttpRequestMessage> BuildAsync(CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(method, Address())
        {
            Content = _content,
            Version = settings.Version,
            VersionPolicy = settings.VersionPolicy,
        };

        foreach (var (name, value) in _headers)
        {
            SetHeader(request, OneLine(name), value is null ? null : OneLine(value));
        }

        if (_buffered && request.Content is { } content)
        {
            await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }

        return request;
    }

    // Absolute, because a relative "//x/y" would be read as another host.
    private Uri Address()
    {
        var root = client.BaseAddress ?? throw new InvalidOperationException("BaseAddress must be set on the HttpClient instance");
        return new Uri(new StringBuilder(root.GetLeftPart(UriPartial.Authority))
            .Append(root.AbsolutePath.TrimEnd('/')).Append(_path).Append(_query).ToString());
    }

    private static void SetHeader(HttpRequestMessage request, string name, string? value)
    {
        // Asked first, because Remove throws for a name that belongs to the other kind of headers.
        if (request.Headers.NonValidated.Contains(name))
        {
            request.Headers.Remove(name);
        }

        if (request.Content?.Headers.NonValidated.Contains(name) == true)
        {
            request.Content.Headers.Remove(name);
        }

        if (value is null || request.Headers.TryAddWithoutValidation(name, value))
        {
            return;
        }

        if (request.Content is null && request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
        {
            request.Content = new ByteArrayContent([]);
        }

        request.Content?.Headers.TryAddWithoutValidation(name, value);
    }

    // A line break in a value must not become another header.
    private static string OneLine(string text) =>
        text.AsSpan().ContainsAny('\r', '\n') ? text.Replace("\r", "").Replace("\n", "") : text;
}

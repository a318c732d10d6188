using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Agents.ServiceDefaults.Files;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>A bucket of a service that speaks S3. What is long goes in parts, so that no more than one part is in memory.</summary>
internal sealed class S3Store(S3Options options, TimeProvider time) : IArtifactStore, IDisposable
{
    public const string StoreName = "s3";
    public const int PartBytes = 8 * 1024 * 1024;

    private readonly StoreCalls _calls = new(time, StoreName);
    private readonly string _bucket = $"{options.Endpoint.TrimEnd('/')}/{Uri.EscapeDataString(options.Bucket)}";

    public string Name => StoreName;

    public string Address => _bucket;

    public async Task WriteAsync(Guid id, UploadBody body, CancellationToken cancellationToken)
    {
        var part = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            var filled = await body.FillAsync(part.AsMemory(0, PartBytes), cancellationToken);
            if (filled < PartBytes)
            {
                await _calls.DoAsync(() => Make(HttpMethod.Put, KeyOf(id), part.AsMemory(0, filled)), cancellationToken);
                return;
            }

            var upload = await BeginAsync(id, cancellationToken);
            List<XElement> parts = [];
            for (var number = 1; filled > 0; number++)
            {
                var (place, count) = (number, filled);
                using var taken = await _calls.SendAsync(
                    () => Make(HttpMethod.Put, $"{KeyOf(id)}?partNumber={place}&uploadId={Uri.EscapeDataString(upload)}", part.AsMemory(0, count)), cancellationToken);
                parts.Add(new("Part", new XElement("PartNumber", place), new XElement("ETag", taken.Headers.ETag?.Tag)));
                filled = count < PartBytes ? 0 : await body.FillAsync(part.AsMemory(0, PartBytes), cancellationToken);
            }

            await CompleteAsync(id, upload, parts, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    public Task<Stream> OpenAsync(Guid id, long from, CancellationToken cancellationToken) => _calls.OpenAsync(() => Make(HttpMethod.Get, KeyOf(id), from: from), cancellationToken);

    public async Task DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var key in ids.Select(KeyOf))
        {
            await _calls.DoAsync(() => Make(HttpMethod.Delete, key), cancellationToken, HttpStatusCode.NotFound);
            // Parts of an upload that broke off lie there, and are paid for, until somebody says that they are not wanted.
            using var found = await _calls.SendAsync(() => Make(HttpMethod.Get, $"?uploads=&prefix={Uri.EscapeDataString(key[1..])}"), cancellationToken, HttpStatusCode.NotImplemented);
            foreach (var upload in found.IsSuccessStatusCode ? Named(await ReadAsync(found, cancellationToken), "UploadId") : [])
            {
                await _calls.DoAsync(() => Make(HttpMethod.Delete, $"{key}?uploadId={Uri.EscapeDataString(upload)}"), cancellationToken, HttpStatusCode.NotFound);
            }
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => _calls.DoAsync(() => Make(HttpMethod.Get, "?list-type=2&max-keys=1"), cancellationToken);

    public void Dispose() => _calls.Dispose();

    private static string KeyOf(Guid id) => $"/artifacts/{id}";

    private async Task<string> BeginAsync(Guid id, CancellationToken cancellationToken)
    {
        using var begun = await _calls.SendAsync(() => Make(HttpMethod.Post, $"{KeyOf(id)}?uploads="), cancellationToken);
        return Named(await ReadAsync(begun, cancellationToken), "UploadId").FirstOrDefault() ?? throw new IOException("The store began an upload and gave it no id.");
    }

    private async Task CompleteAsync(Guid id, string upload, IReadOnlyList<XElement> parts, CancellationToken cancellationToken)
    {
        var list = System.Text.Encoding.UTF8.GetBytes(new XElement("CompleteMultipartUpload", parts).ToString(SaveOptions.DisableFormatting));
        using var completed = await _calls.SendAsync(() => Make(HttpMethod.Post, $"{KeyOf(id)}?uploadId={Uri.EscapeDataString(upload)}", list), cancellationToken);
        // It may begin with 200 and fail all the same.
        var answer = await ReadAsync(completed, cancellationToken);
        if (answer.Root?.Name.LocalName is "Error")
        {
            throw new IOException($"The store could not put the parts together: {Named(answer, "Code").FirstOrDefault()}");
        }
    }

    private static async Task<XDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await XDocument.LoadAsync(await response.Content.ReadAsStreamAsync(cancellationToken), LoadOptions.None, cancellationToken);

    private static IEnumerable<string> Named(XDocument answer, string name) => answer.Descendants().Where(e => e.Name.LocalName == name).Select(e => e.Value);

    private HttpRequestMessage Make(HttpMethod method, string what, ReadOnlyMemory<byte> body = default, long from = 0)
    {
        var request = new HttpRequestMessage(method, _bucket + what);
        if (method == HttpMethod.Put || method == HttpMethod.Post)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentLength = body.Length;
        }

        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        SignatureV4.Sign(request, body.Span, options, time.GetUtcNow());
        return request;
    }
}

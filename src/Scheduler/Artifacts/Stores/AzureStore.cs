using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Agents.ServiceDefaults.Files;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>A container of Azure's blob storage. What is long goes in blocks, so that no more than one is in memory.</summary>
internal sealed class AzureStore : IArtifactStore, IDisposable
{
    public const string StoreName = "azure";
    public const int BlockBytes = 8 * 1024 * 1024;

    private readonly TimeProvider _time;
    private readonly StoreCalls _calls;
    private readonly AzureAccount _account;
    private readonly string _container;

    public AzureStore(AzureOptions options, TimeProvider time)
    {
        _time = time;
        _calls = new(time, StoreName);
        _account = AzureAccount.Parse(options.ConnectionString)!;
        _container = $"{_account.BlobEndpoint}/{Uri.EscapeDataString(options.Container)}";
    }

    public string Name => StoreName;

    public string Address => _container;

    public async Task WriteAsync(Guid id, UploadBody body, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var filled = await body.FillAsync(block.AsMemory(0, BlockBytes), cancellationToken);
            if (filled < BlockBytes)
            {
                await _calls.DoAsync(() => Make(HttpMethod.Put, BlobOf(id), block.AsMemory(0, filled), isBlob: true), cancellationToken);
                return;
            }

            List<string> blocks = [];
            while (filled > 0)
            {
                var count = filled;
                // All of one length, as the service wants them.
                var name = Convert.ToBase64String(Encoding.ASCII.GetBytes(blocks.Count.ToString("d8", CultureInfo.InvariantCulture)));
                await _calls.DoAsync(
                    () => Make(HttpMethod.Put, $"{BlobOf(id)}?comp=block&blockid={Uri.EscapeDataString(name)}", block.AsMemory(0, count)), cancellationToken);
                blocks.Add(name);
                filled = count < BlockBytes ? 0 : await body.FillAsync(block.AsMemory(0, BlockBytes), cancellationToken);
            }

            var list = Encoding.UTF8.GetBytes(new XElement("BlockList", blocks.Select(name => new XElement("Latest", name))).ToString(SaveOptions.DisableFormatting));
            await _calls.DoAsync(() => Make(HttpMethod.Put, $"{BlobOf(id)}?comp=blocklist", list), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    public Task<Stream> OpenAsync(Guid id, long from, CancellationToken cancellationToken) => _calls.OpenAsync(() => Make(HttpMethod.Get, BlobOf(id), from: from), cancellationToken);

    public async Task DeleteAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var blob in ids.Select(BlobOf))
        {
            using var deleted = await _calls.SendAsync(() => Make(HttpMethod.Delete, blob), cancellationToken, HttpStatusCode.NotFound);
            if (deleted.StatusCode is HttpStatusCode.NotFound)
            {
                // Blocks of an upload that broke off lie there for a week. A blob in their place takes them away, and goes itself.
                await _calls.DoAsync(() => Make(HttpMethod.Put, blob, isBlob: true), cancellationToken);
                await _calls.DoAsync(() => Make(HttpMethod.Delete, blob), cancellationToken, HttpStatusCode.NotFound);
            }
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) => _calls.DoAsync(() => Make(HttpMethod.Get, "?restype=container&comp=list&maxresults=1"), cancellationToken);

    public void Dispose() => _calls.Dispose();

    private static string BlobOf(Guid id) => $"/artifacts/{id}";

    private HttpRequestMessage Make(HttpMethod method, string what, ReadOnlyMemory<byte> body = default, long from = 0, bool isBlob = false)
    {
        var request = new HttpRequestMessage(method, _container + what);
        if (method == HttpMethod.Put)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentLength = body.Length;
        }

        if (isBlob)
        {
            request.Headers.Add("x-ms-blob-type", "BlockBlob");
        }

        if (from > 0)
        {
            request.Headers.Add("x-ms-range", string.Create(CultureInfo.InvariantCulture, $"bytes={from}-"));
        }

        _account.Sign(request, _time.GetUtcNow());
        return request;
    }
}

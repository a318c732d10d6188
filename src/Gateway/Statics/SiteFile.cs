using System.IO.Compression;
using Microsoft.Extensions.FileProviders;

namespace Agents.Gateway.Statics;

/// <summary>One file of the site, compressed once for each encoding.</summary>
/// <param name="immutable">Its name carries a hash of its content, so it never changes under that name.</param>
internal sealed class SiteFile(IFileInfo info, string type, bool immutable)
{
    private readonly Lazy<Task<byte[]>> _plain = new(() => File.ReadAllBytesAsync(info.PhysicalPath!));
    private Lazy<Task<byte[]>>? _brotli;
    private Lazy<Task<byte[]>>? _gzip;

    public bool IsImmutable => immutable;

    public bool IsPage => type == "text/html";

    /// <summary>Pictures and fonts are compressed already.</summary>
    public bool IsText => type.StartsWith("text/", StringComparison.Ordinal) || type is "application/javascript" or "application/json" or "application/manifest+json" or "image/svg+xml";

    public string ContentType => type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;

    public bool IsOf(IFileInfo now) => now.LastModified == info.LastModified && now.Length == info.Length;

    public string TagFor(string encoding) => $"\"{info.LastModified.UtcTicks:x}-{info.Length:x}{(encoding.Length > 0 ? "-" + encoding : "")}\"";

    public async Task<byte[]> ReadAsync(string encoding, CancellationToken cancellationToken) => await (encoding switch
    {
        "br" => Once(ref _brotli, static to => new BrotliStream(to, CompressionLevel.Optimal)),
        "gzip" => Once(ref _gzip, static to => new GZipStream(to, CompressionLevel.Optimal)),
        _ => _plain,
    }).Value.WaitAsync(cancellationToken);

    private Lazy<Task<byte[]>> Once(ref Lazy<Task<byte[]>>? made, Func<Stream, Stream> encoder) =>
        LazyInitializer.EnsureInitialized(ref made, () => new(() => Task.Run(() => EncodeAsync(encoder))));

    private async Task<byte[]> EncodeAsync(Func<Stream, Stream> encoder)
    {
        var content = await _plain.Value;
        using var encoded = new MemoryStream(content.Length / 2);
        await using (var stream = encoder(encoded))
        {
            await stream.WriteAsync(content);
        }

        return encoded.ToArray();
    }
}

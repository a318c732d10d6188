using System.Security.Cryptography;

namespace Agents.ServiceDefaults.Files;

/// <summary>What somebody uploads: read piece by piece, counted and summed up on the way.</summary>
public sealed class UploadBody(Stream body, long max) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Size { get; private set; }

    /// <summary>Fills the piece; less comes only at the end.</summary>
    /// <exception cref="BadHttpRequestException">It is longer than it may be.</exception>
    public async Task<int> FillAsync(Memory<byte> piece, CancellationToken cancellationToken)
    {
        var filled = await body.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken);
        Size += filled;
        if (Size > max)
        {
            throw TooLarge();
        }

        _hash.AppendData(piece.Span[..filled]);
        return filled;
    }

    public byte[] Sha256() => _hash.GetCurrentHash();

    public void Dispose() => _hash.Dispose();

    public static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);
}

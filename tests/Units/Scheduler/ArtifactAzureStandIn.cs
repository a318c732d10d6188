using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Agents.Tests.Units.Scheduler;

/// <summary>Azure's blob storage, as far as files need it.</summary>
internal sealed class ArtifactAzureStandIn : ArtifactStandIn
{
    public const string Account = "ouraccount";
    public const string Container = "files";
    public const string Key = "YSBrZXkgb2YgYW4gYWNjb3VudA==";

    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={Address}/{Account}";

    protected override string? Fault(HttpRequest request, string target, byte[] body)
    {
        string[] standard =
        [
            "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match", "If-None-Match",
            "If-Unmodified-Since", "Range",
        ];
        var text = new StringBuilder(request.Method).Append('\n');
        foreach (var name in standard)
        {
            var value = request.Headers[name].ToString();
            text.Append(name == "Content-Length" && value == "0" ? "" : value).Append('\n');
        }

        foreach (var name in request.Headers.Keys.Select(name => name.ToLowerInvariant()).Where(name => name.StartsWith("x-ms-", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            text.Append(name).Append(':').Append(request.Headers[name]).Append('\n');
        }

        text.Append('/').Append(Account).Append(target.Split('?')[0]);
        foreach (var name in request.Query.Keys.Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(name.ToLowerInvariant()).Append(':').Append(request.Query[name]);
        }

        using var mac = new HMACSHA256(Convert.FromBase64String(Key));
        var expected = $"SharedKey {Account}:{Convert.ToBase64String(mac.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())))}";
        return request.Headers.Authorization == expected ? null : text.ToString();
    }

    protected override (int Status, byte[] Body) Answer(HttpRequest request, string blob, byte[] body)
    {
        switch (request.Method, request.Query["comp"].ToString())
        {
            case ("PUT", "block"):
                Pieces[(blob, request.Query["blockid"].ToString())] = body;
                return (201, []);
            case ("PUT", "blocklist"):
                Blobs[blob] = [.. Take(blob, XDocument.Parse(Encoding.UTF8.GetString(body)).Root!.Elements("Latest").Select(e => e.Value)).SelectMany(piece => piece)];
                return (201, []);
            case ("PUT", _):
                if (request.Headers["x-ms-blob-type"] != "BlockBlob")
                {
                    return (400, []);
                }

                // A blob in their place drops the blocks that nobody has put together.
                foreach (var piece in Pieces.Keys.Where(piece => piece.Blob == blob))
                {
                    Pieces.Remove(piece, out _);
                }

                Blobs[blob] = body;
                return (201, []);
            case ("DELETE", _):
                return (Blobs.Remove(blob, out _) ? 202 : 404, []);
            case ("GET", "list"):
                return (200, Encoding.UTF8.GetBytes("<EnumerationResults/>"));
            default:
                return Read(request, blob, "x-ms-range");
        }
    }
}

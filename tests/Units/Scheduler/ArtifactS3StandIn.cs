using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Agents.Tests.Units.Scheduler;

/// <summary>S3 by path, as far as files need it.</summary>
internal sealed class ArtifactS3StandIn : ArtifactStandIn
{
    public const string Bucket = "files";
    public const string AccessKey = "an access key";
    public const string SecretKey = "a secret key/with+signs";
    public const string Region = "here-1";

    private int _uploads;

    protected override string? Fault(HttpRequest request, string target, byte[] body)
    {
        var authorization = request.Headers.Authorization.ToString();
        var fields = authorization["AWS4-HMAC-SHA256 ".Length..].Split(',').Select(field => field.Trim().Split('=', 2)).ToDictionary(field => field[0], field => field[1]);
        var scope = fields["Credential"].Split('/');
        var at = request.Headers["x-amz-date"].ToString();
        var bodySum = Hex(SHA256.HashData(body));
        if (scope is not [AccessKey, var day, Region, "s3", "aws4_request"] || !at.StartsWith(day, StringComparison.Ordinal) || request.Headers["x-amz-content-sha256"] != bodySum)
        {
            return $"{authorization} {at} {bodySum}";
        }

        var signed = fields["SignedHeaders"].Split(';');
        if (!signed.Contains("host") || request.Headers.Keys.Any(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !signed.Contains(name.ToLowerInvariant())))
        {
            return "host and all of x-amz- must be signed";
        }

        var text = new StringBuilder();
        text.Append(request.Method).Append('\n').Append(target.Split('?')[0]).Append('\n');
        var query = target.Contains('?', StringComparison.Ordinal) ? target.Split('?', 2)[1].Split('&') : [];
        Array.Sort(query, StringComparer.Ordinal);
        text.Append(string.Join('&', query)).Append('\n');
        foreach (var name in signed)
        {
            text.Append(name).Append(':').Append(request.Headers[name].ToString()).Append('\n');
        }

        text.Append('\n').Append(fields["SignedHeaders"]).Append('\n').Append(bodySum);
        var toSign = $"AWS4-HMAC-SHA256\n{at}\n{day}/{Region}/s3/aws4_request\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + SecretKey), day), Region), "s3"), "aws4_request");
        return Hex(Mac(key, toSign)) == fields["Signature"] ? null : text.ToString();
    }

    protected override (int Status, byte[] Body) Answer(HttpRequest request, string blob, byte[] body)
    {
        var query = request.Query;
        if (!blob.StartsWith($"/{Bucket}", StringComparison.Ordinal))
        {
            return (404, Xml(new("Error", new XElement("Code", "NoSuchBucket"))));
        }

        if (query.ContainsKey("uploads"))
        {
            return request.Method == "POST"
                ? (200, Xml(new("InitiateMultipartUploadResult", new XElement("UploadId", $"{Interlocked.Increment(ref _uploads)}+/="))))
                : (200, Xml(new("ListMultipartUploadsResult", Pieces.Keys.Where(piece => piece.Blob.StartsWith($"/{Bucket}/{query["prefix"]}", StringComparison.Ordinal))
                    .Select(piece => piece.Piece.Split(' ')[0]).Distinct().Select(id => new XElement("Upload", new XElement("UploadId", id))))));
        }

        if (query.TryGetValue("uploadId", out var upload))
        {
            return Part(request, blob, upload.ToString(), body);
        }

        switch (request.Method)
        {
            case "PUT":
                Blobs[blob] = body;
                return (200, []);
            case "DELETE":
                Blobs.Remove(blob, out _);
                return (204, []);
            default:
                return query.ContainsKey("list-type") ? (200, Xml(new("ListBucketResult"))) : Read(request, blob, "Range");
        }
    }

    private (int Status, byte[] Body) Part(HttpRequest request, string blob, string upload, byte[] body)
    {
        if (request.Method == "PUT")
        {
            Pieces[(blob, $"{upload} {request.Query["partNumber"]}")] = body;
            request.HttpContext.Response.Headers.ETag = $"\"{Hex(MD5.HashData(body))}\"";
            return (200, []);
        }

        if (request.Method == "DELETE")
        {
            foreach (var piece in Pieces.Keys.Where(piece => piece.Blob == blob && piece.Piece.StartsWith(upload + " ", StringComparison.Ordinal)))
            {
                Pieces.Remove(piece, out _);
            }

            return (204, []);
        }

        var parts = XDocument.Parse(Encoding.UTF8.GetString(body)).Root!.Elements("Part").ToList();
        if (parts.Any(part => part.Element("ETag")!.Value != $"\"{Hex(MD5.HashData(Pieces[(blob, $"{upload} {part.Element("PartNumber")!.Value}")]))}\""))
        {
            return (200, Xml(new("Error", new XElement("Code", "InvalidPart"))));
        }

        Blobs[blob] = [.. Take(blob, parts.Select(part => $"{upload} {part.Element("PartNumber")!.Value}")).SelectMany(piece => piece)];
        return (200, Xml(new("CompleteMultipartUploadResult")));
    }

    private static byte[] Xml(XElement element) => Encoding.UTF8.GetBytes(element.ToString());

    private static byte[] Mac(byte[] key, string text)
    {
        using var mac = new HMACSHA256(key);
        return mac.ComputeHash(Encoding.UTF8.GetBytes(text));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}

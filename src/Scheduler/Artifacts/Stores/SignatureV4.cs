using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>AWS Signature Version 4 for S3. Pure, but for the headers that it sets.</summary>
internal static class SignatureV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Service = "s3";

    /// <summary>Signs its method, path, query, host and all headers that it has by then.</summary>
    public static void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, S3Options keys, DateTimeOffset at)
    {
        var moment = at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body));
        request.Headers.Add("x-amz-date", moment);
        request.Headers.Add("x-amz-content-sha256", bodyHash);

        var uri = request.RequestUri!;
        var headers = request.Headers
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value).Trim()))
            .Append((Name: "host", Value: uri.IsDefaultPort ? uri.Host : $"{uri.Host}:{uri.Port}"))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .ToList();
        var names = string.Join(';', headers.Select(header => header.Name));
        var canonical = string.Join('\n',
            request.Method.Method, PathOf(uri), QueryOf(uri), string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n")), names, bodyHash);

        var scope = $"{moment[..8]}/{keys.Region}/{Service}/aws4_request";
        var toSign = string.Join('\n', Algorithm, moment, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = new[] { moment[..8], keys.Region, Service, "aws4_request" }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + keys.SecretKey), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={keys.AccessKey}/{scope},SignedHeaders={names},Signature={signature}");
    }

    private static string PathOf(Uri uri) => string.Join('/', uri.AbsolutePath.Split('/').Select(Encoded));

    private static string QueryOf(Uri uri) => string.Join('&', uri.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encoded(pair[0]), Value: pair.Length > 1 ? Encoded(pair[1]) : ""))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encoded(string part) => Uri.EscapeDataString(Uri.UnescapeDataString(part));
}

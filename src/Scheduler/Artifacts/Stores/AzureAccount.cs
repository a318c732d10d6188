using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>An account of Azure storage and how its requests are signed (Shared Key). Pure, but for the headers that it sets.</summary>
internal sealed record AzureAccount(string Name, byte[] Key, string BlobEndpoint)
{
    public const string Version = "2021-08-06";

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            return Parse(connectionString) is { } account && StoreOptionsCheck.IsAddress(account.BlobEndpoint) ? null : "must hold AccountName, AccountKey, and BlobEndpoint or EndpointSuffix";
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return "can't be read: it is AccountName=...;AccountKey=...;EndpointSuffix=core.windows.net, the key in base64";
        }
    }

    public static AzureAccount? Parse(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        string? Part(string name) => parts.TryGetValue(name, out var value) ? value.ToString() : null;
        if (Part("AccountName") is not { Length: > 0 } name || Part("AccountKey") is not { Length: > 0 } key)
        {
            return null;
        }

        var endpoint = Part("BlobEndpoint") ?? (Part("EndpointSuffix") is { } suffix ? $"{Part("DefaultEndpointsProtocol") ?? "https"}://{name}.blob.{suffix}" : "");
        return new(name, Convert.FromBase64String(key), endpoint.TrimEnd('/'));
    }

    public void Sign(HttpRequestMessage request, DateTimeOffset at)
    {
        request.Headers.Add("x-ms-date", at.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
        request.Headers.Add("x-ms-version", Version);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(ToSign(request))));
        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {Name}:{signature}");
    }

    /// <summary>Ranges and dates we say in headers of the x-ms kind, so their standard places are empty.</summary>
    internal string ToSign(HttpRequestMessage request)
    {
        var content = request.Content?.Headers;
        var length = content?.ContentLength is > 0 and var bytes ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var headers = request.Headers
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(',', header.Value).Trim()))
            .Where(header => header.Name.StartsWith("x-ms-", StringComparison.Ordinal))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .Select(header => $"{header.Name}:{header.Value}\n");
        var query = request.RequestUri!.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Uri.UnescapeDataString(pair[0]).ToLowerInvariant(), Value: pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => $"\n{pair.Name}:{pair.Value}");
        return $"{request.Method.Method}\n\n\n{length}\n\n{content?.ContentType}\n\n\n\n\n\n\n{string.Concat(headers)}/{Name}{request.RequestUri.AbsolutePath}{string.Concat(query)}";
    }
}

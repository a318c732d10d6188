using System.Text.Json;
using System.Text.Json.Nodes;
using Agents.Gateway.Overview;
using Agents.ServiceDefaults.Clients;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Agents.Gateway.Documents;

/// <summary>Asks all services for their OpenAPI document at once and keeps the joined one for some seconds.</summary>
internal sealed partial class JoinedDocument(
    ServiceAddresses addresses,
    IHttpClientFactory clients,
    [FromKeyedServices(JoinedDocument.Name)] IOpenApiDocumentProvider own,
    TimeProvider time,
    ILogger<JoinedDocument> log)
{
    public const string Name = "v1";

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile Kept? _kept;

    public async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } now)
        {
            return now;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await AskAsync(cancellationToken);
        }
        finally
        {
            _asking.Release();
        }
    }

    private byte[]? Fresh() => _kept is { } last && time.GetElapsedTime(last.At) < KeptFor ? last.Json : null;

    private async Task<byte[]> AskAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(Services.Behind.Select(service => AskAsync(service, cancellationToken)));
        var parts = Services.Behind.Zip(answers).Where(part => part.Second is not null).Select(part => (part.First, part.Second!)).ToList();
        var joined = DocumentJoin.Join([(Services.Gateway, await OwnAsync(cancellationToken)), .. parts], [.. Services.Behind.Except(parts.Select(part => part.First))]);
        var json = JsonSerializer.SerializeToUtf8Bytes(joined);
        _kept = new(json, time.GetTimestamp());
        return json;
    }

    /// <summary>Any replica's will do: they are the same program.</summary>
    private async Task<JsonObject?> AskAsync(string service, CancellationToken cancellationToken)
    {
        foreach (var address in addresses.All(service))
        {
            try
            {
                return await clients.CreateClient(Services.Client).GetFromJsonAsync<JsonObject>(new Uri(address, $"/openapi/{Name}.json"), cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                Log.NoDocument(log, service, e.Message);
            }
        }

        return null;
    }

    private async Task<JsonObject> OwnAsync(CancellationToken cancellationToken)
    {
        var document = await own.GetOpenApiDocumentAsync(cancellationToken);
        return (JsonObject)JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken))!;
    }

    private sealed record Kept(byte[] Json, long At);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Service} is left out of the API document: {Reason}")]
        public static partial void NoDocument(ILogger log, string service, string reason);
    }
}

using Agents.Contracts.Scheduler;
using Agents.Daemon.Config;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Work.Files;

namespace Agents.Daemon.Work;

/// <summary>As the device that this is just now: who enrols again need not restart the daemon.</summary>
internal sealed class ServerCalls(Func<Enrolment> device, ServerAddress? address, ServerTrust trust) : IServerCalls
{
    public async Task<IReadOnlyDictionary<string, string>?> SecretsAsync(string taskId, int attempt, CancellationToken cancellationToken)
    {
        using var server = Api(out var token);
        return (await server.TaskSecretsAsync(taskId, attempt, token, cancellationToken))?.Environment;
    }

    public async Task<string?> ContentAsync(ContentRef content, CancellationToken cancellationToken)
    {
        using var server = Api(out var token);
        return await server.ContentAsync(content, token, cancellationToken);
    }

    public async Task<string> UploadAsync(string taskId, string name, Stream content, CancellationToken cancellationToken)
    {
        using var server = Api(out var token);
        return (await server.UploadAsync(taskId, name, content, token, cancellationToken)).Id;
    }

    public async Task<string> UploadFileAsync(TaskAttempt attempt, SpoolFile file, Stream content, CancellationToken cancellationToken)
    {
        using var server = Api(out var token, ServerApi.FileLimit);
        return (await server.UploadFileAsync(attempt, file, content, token, cancellationToken)).Id;
    }

    public async Task FetchFileAsync(ContentRef content, string path, CancellationToken cancellationToken)
    {
        using var server = Api(out var token, ServerApi.FileLimit);
        await server.DownloadAsync(content.Url.Split('/')[^3], content.ArtifactId, "It", content.Sha256, path, token, cancellationToken);
    }

    private ServerApi Api(out string token, TimeSpan? limit = null)
    {
        var enrolled = device();
        token = enrolled.DeviceToken;
        return ServerApi.At(address ?? ServerAddress.Parse(enrolled.Server), trust, limit);
    }
}

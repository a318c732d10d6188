using System.Security.Cryptography;
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
        const int Piece = 128 * 1024;
        using var server = Api(out var token, ServerApi.FileLimit);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        var parts = content.Url.Split('/');
        await server.DownloadAsync(
            parts[^3], content.ArtifactId, token,
            async piece =>
            {
                sum.AppendData(piece.Span);
                await file.WriteAsync(piece, cancellationToken);
            },
            Piece, cancellationToken);
        if (Convert.ToHexStringLower(sum.GetHashAndReset()) != content.Sha256)
        {
            throw new Failure(ExitCode.Failed, "It did not come as it was stored: its sum is another.");
        }
    }

    private ServerApi Api(out string token, TimeSpan? limit = null)
    {
        var enrolled = device();
        token = enrolled.DeviceToken;
        return ServerApi.At(address ?? ServerAddress.Parse(enrolled.Server), trust, limit);
    }
}

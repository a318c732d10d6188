using Agents.Contracts.Scheduler;
using Agents.Daemon.Work.Files;

namespace Agents.Daemon.Work;

/// <summary>What is asked of the server beside the socket, with the device's token. Each failure is a <see cref="Failure"/>.</summary>
internal interface IServerCalls
{
    /// <summary>The variables of the task that are secrets, with their values. Null where this attempt is not ours.</summary>
    Task<IReadOnlyDictionary<string, string>?> SecretsAsync(string taskId, int attempt, CancellationToken cancellationToken);

    /// <summary>A prompt or an input that no frame could hold. Null where it is not there, or not for us.</summary>
    Task<string?> ContentAsync(ContentRef content, CancellationToken cancellationToken);

    /// <returns>The id of the artifact.</returns>
    Task<string> UploadAsync(string taskId, string name, Stream content, CancellationToken cancellationToken);

    /// <returns>The id of the artifact; the one that it has already, where the server knows it from before.</returns>
    Task<string> UploadFileAsync(TaskAttempt attempt, SpoolFile file, Stream content, CancellationToken cancellationToken);

    /// <summary>An artifact as a file, whole.</summary>
    Task FetchFileAsync(ContentRef content, string path, CancellationToken cancellationToken);
}

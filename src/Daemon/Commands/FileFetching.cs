using Agents.Contracts.Scheduler;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

/// <summary>Lays files of a task in a folder: whole and as they were sent, or not at all, and nowhere else.</summary>
internal sealed class FileFetching(SignedIn server, Shell shell, string folder, bool isQuiet)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    public async Task<FetchedReport> FetchAsync(string task, ArtifactView file, CancellationToken cancellationToken)
    {
        var path = BelowFolder.Make(folder, file.Name);
        var unfinished = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            var told = shell.Time.GetTimestamp();
            await server.Api.DownloadAsync(
                task, file.Id, TaskText.Shown(file.Name), file.Sha256, unfinished, server.Credential, cancellationToken,
                came =>
                {
                    if (!isQuiet && shell.Time.GetElapsedTime(told) >= TellEvery)
                    {
                        told = shell.Time.GetTimestamp();
                        shell.Note($"{TaskText.Shown(file.Name)}: {100 * came / Math.Max(1, file.Size)} % of {file.Size} bytes");
                    }
                });
            File.Move(unfinished, path, overwrite: true);
            return new(file.Name, path, file.Size, file.Sha256);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}

using System.Security.Cryptography;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Server;
using Agents.Daemon.State;
using Agents.Daemon.Terminal;

namespace Agents.Daemon.Commands;

/// <summary>Lays files of a task in a folder: whole and as they were sent, or not at all, and nowhere else.</summary>
internal sealed class FileFetching(SignedIn server, Shell shell, string folder, bool isQuiet)
{
    private const int Piece = 128 * 1024;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    public async Task<FetchedReport> FetchAsync(string task, ArtifactView file, CancellationToken cancellationToken)
    {
        var path = BelowFolder.Make(folder, file.Name);
        var unfinished = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var to = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                var (size, told) = (0L, shell.Time.GetTimestamp());
                await server.Api.DownloadAsync(
                    task, file.Id, server.Credential,
                    async piece =>
                    {
                        sum.AppendData(piece.Span);
                        await to.WriteAsync(piece, cancellationToken);
                        size += piece.Length;
                        if (!isQuiet && shell.Time.GetElapsedTime(told) >= TellEvery)
                        {
                            told = shell.Time.GetTimestamp();
                            shell.Note($"{TaskText.Shown(file.Name)}: {100 * size / Math.Max(1, file.Size)} % of {file.Size} bytes");
                        }
                    },
                    Piece, cancellationToken);
            }

            if (Convert.ToHexStringLower(sum.GetHashAndReset()) != file.Sha256)
            {
                throw new Failure(ExitCode.Failed, $"{TaskText.Shown(file.Name)} did not come as it was stored: its sum is another. Try again.");
            }

            File.Move(unfinished, path, overwrite: true);
            return new(file.Name, path, file.Size, file.Sha256);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}

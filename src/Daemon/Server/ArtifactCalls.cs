using System.Globalization;
using System.Net.Mime;
using System.Security.Cryptography;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Work.Files;

namespace Agents.Daemon.Server;

/// <summary>Files of tasks.</summary>
internal static class ArtifactCalls
{
    private const int Piece = 128 * 1024;

    private static readonly DaemonJson Json = DaemonJson.Wire;

    /// <summary>The content of an artifact, as it is. Null where there is none.</summary>
    public static Task<string?> ContentAsync(this ServerApi api, ContentRef content, string credential, CancellationToken cancellationToken) =>
        // Only of this server: the credential goes with it.
        api.GetTextAsync($"tasks/{content.Url.Split("/tasks/", 2)[^1]}", credential, cancellationToken);

    /// <param name="sha256">In hexadecimal, where the server is to look whether all of it came.</param>
    public static Task<ArtifactView> UploadAsync(
        this ServerApi api, string taskId, string name, Stream content, string credential, CancellationToken cancellationToken, string type = MediaTypeNames.Application.Json,
        string? sha256 = null)
    {
        var body = new StreamContent(content);
        body.Headers.ContentType = new(type);
        return api.PostFileAsync($"{PathOf(taskId)}?name={Uri.EscapeDataString(name)}", body, sha256, Json.ArtifactView, credential, cancellationToken);
    }

    /// <summary>A file of an attempt. The server checks that it came whole, and takes the same one once.</summary>
    public static Task<ArtifactView> UploadFileAsync(
        this ServerApi api, TaskAttempt attempt, SpoolFile file, Stream content, string credential, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"name={Uri.EscapeDataString(file.Name)}&kind={file.Kind}&attempt={attempt.Attempt}");
        var body = new StreamContent(content);
        body.Headers.ContentType = new(MediaTypeNames.Application.Octet);
        body.Headers.ContentLength = file.Size;
        return api.PostFileAsync($"{PathOf(attempt.TaskId)}?{query}", body, file.Sha256, Json.ArtifactView, credential, cancellationToken);
    }

    /// <summary>All that it has. Null where there is no such task.</summary>
    public static async Task<IReadOnlyList<ArtifactView>?> ArtifactsAsync(this ServerApi api, string taskId, string credential, CancellationToken cancellationToken)
    {
        List<ArtifactView> all = [];
        for (var page = 1; ; page++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{PathOf(taskId)}?page={page}&page_size={Paging.MaxSize}");
            if (await api.GetAsync(path, Json.ListOfArtifactView, credential, cancellationToken) is not { } list)
            {
                return null;
            }

            all.AddRange(list.Items);
            if (list.Items.Count < Paging.MaxSize)
            {
                return all;
            }
        }
    }

    /// <summary>Into a file, whole and as it was stored: else it fails, and what lies there is to be thrown away.</summary>
    /// <param name="came">Told how much of it is there, with each piece.</param>
    public static async Task DownloadAsync(
        this ServerApi api, string taskId, string artifactId, string named, string sha256, string path, string credential, CancellationToken cancellationToken, Action<long>? came = null)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await api.DownloadAsync(
            $"{PathOf(taskId)}/{Uri.EscapeDataString(artifactId)}", credential,
            async piece =>
            {
                sum.AppendData(piece.Span);
                await file.WriteAsync(piece, cancellationToken);
                came?.Invoke(file.Length);
            },
            Piece, cancellationToken);
        if (Convert.ToHexStringLower(sum.GetHashAndReset()) != sha256)
        {
            throw new Failure(ExitCode.Failed, $"{named} did not come as it was stored: its sum is another. Try again.");
        }
    }

    private static string PathOf(string taskId) => $"tasks/{Uri.EscapeDataString(taskId)}/artifacts";
}

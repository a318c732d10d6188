using System.Net;
using System.Security.Cryptography;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>Files as a script sends and reads them.</summary>
internal static class ArtifactCalls
{
    public static string Sum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static ByteArrayContent File(byte[] content, string? type = null)
    {
        var file = new ByteArrayContent(content);
        if (type is not null)
        {
            file.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return file;
    }

    public static (string? Type, string Disposition, string? Name) Named(HttpResponseMessage answer)
    {
        var disposition = answer.Content.Headers.ContentDisposition!;
        return (answer.Content.Headers.ContentType?.ToString(), disposition.DispositionType, disposition.FileNameStar);
    }

    /// <summary>Rows and chunks of a task's artifacts, whatever their state.</summary>
    public static Task<object[]> LeftAsync(AgentsApp app, string path) => Database.SingleAsync(
        app.App, "schedulerdb", "SELECT count(DISTINCT a.id), count(c.number) FROM artifacts a LEFT JOIN artifact_chunks c ON c.artifact_id = a.id WHERE a.task_id = $1",
        Guid.Parse(path.Split('/')[4]));

    /// <summary>As long as it should be, or until it breaks.</summary>
    /// <param name="says">It says beforehand how long it is.</param>
    internal sealed class Endless(long length, long? breaksAt = null, bool says = false) : HttpContent
    {
        private readonly TaskCompletionSource _breaks = new();

        public void Break() => _breaks.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[64 * 1024];
            for (var left = breaksAt ?? length; left > 0; left -= piece.Length)
            {
                await stream.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)));
            }

            await stream.FlushAsync();
            if (breaksAt is not null)
            {
                await _breaks.Task;
                throw new IOException("It breaks off.");
            }
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return says;
        }
    }
}

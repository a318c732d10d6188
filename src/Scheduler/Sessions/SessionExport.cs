using System.Text;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Agents.Scheduler.Sessions;

/// <summary>A session as a file, written as it is read: a long one is never in memory as a whole.</summary>
internal sealed class SessionExport(NpgsqlDataSource postgres)
{
    public const string Markdown = "markdown";
    public const string Json = "json";

    private const int PageSize = 500;

    /// <summary>Ids are of letters that every file system takes.</summary>
    public PushStreamHttpResult File(Session session, string format, CancellationToken cancellationToken) => format is Markdown
        ? TypedResults.Stream(stream => WriteMarkdownAsync(session, stream, cancellationToken), "text/markdown; charset=utf-8", $"session-{session.Id}.md")
        : TypedResults.Stream(stream => WriteJsonAsync(session, stream, cancellationToken), "application/json; charset=utf-8", $"session-{session.Id}.json");

    private async Task WriteMarkdownAsync(Session session, Stream stream, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        await file.WriteAsync(SessionMarkdown.Head(session).AsMemory(), cancellationToken);
        SessionMessage? before = null;
        await foreach (var message in AllAsync(session, cancellationToken))
        {
            await file.WriteAsync(SessionMarkdown.Of(message, before).AsMemory(), cancellationToken);
            before = message;
        }
    }

    private async Task WriteJsonAsync(Session session, Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("{\"session\":"u8.ToArray(), cancellationToken);
        await JsonSerializer.SerializeAsync(stream, session.Row(), WireJson.Options, cancellationToken);
        await stream.WriteAsync(",\"messages\":"u8.ToArray(), cancellationToken);
        await JsonSerializer.SerializeAsync(stream, AllAsync(session, cancellationToken), WireJson.Options, cancellationToken);
        await stream.WriteAsync("}\n"u8.ToArray(), cancellationToken);
    }

    private async IAsyncEnumerable<SessionMessage> AllAsync(
        Session session, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (Guid Task, long Number) after = (default, -1);
        while (await postgres.SaidAsync(session.FirstTask, after, PageSize, cancellationToken) is { Count: > 0 } said)
        {
            foreach (var message in Messages.Of(said))
            {
                yield return message;
            }

            if (said.Count < PageSize)
            {
                yield break;
            }

            after = (said[^1].Task, said[^1].Number);
        }
    }
}

using System.Globalization;
using Agents.Scheduler.Artifacts.Stores;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>What became of an upload.</summary>
internal abstract record Uploaded
{
    internal sealed record Stored(Artifact Artifact) : Uploaded;

    /// <summary>The task has as much as it may.</summary>
    internal sealed record Full : Uploaded;

    /// <summary>It is not what the sender meant to send.</summary>
    internal sealed record Differs(string Sha256) : Uploaded;
}

/// <summary>Takes a file from its sender to a store. Until all of it is there it is for nobody, and nothing stays of one that broke off.</summary>
internal sealed class Uploads(NpgsqlDataSource postgres, ArtifactStores stores, Removal removal, IOptions<WorkOptions> options, TimeProvider time)
{
    private const int Piece = 64 * 1024;

    private readonly WorkOptions _limits = options.Value;

    /// <param name="sha256">What the sender says that it is, where he says so.</param>
    public async Task<Uploaded> TakeAsync(
        NewArtifact artifact, Stream content, byte[]? sha256, SchedulerDb db, Caller caller, CancellationToken cancellationToken)
    {
        var store = stores.Chosen;
        if (artifact.Size > _limits.MaxArtifactBytes)
        {
            throw UploadBody.TooLarge();
        }

        if (!await postgres.BeginArtifactAsync(artifact, store.Name, _limits, cancellationToken))
        {
            return new Uploaded.Full();
        }

        var isStored = false;
        try
        {
            using var body = new UploadBody(content, _limits.MaxArtifactBytes);
            await store.WriteAsync(artifact.Id, body, cancellationToken);
            var sum = body.Sha256();
            if (sha256 is not null && !sum.AsSpan().SequenceEqual(sha256))
            {
                return new Uploaded.Differs(Convert.ToHexStringLower(sum));
            }

            isStored = await FinishAsync(artifact, body.Size, sum, db, caller, cancellationToken);
            return isStored
                ? new Uploaded.Stored(new(
                    artifact.Id, artifact.Task, artifact.Kind, artifact.Name, artifact.ContentType, body.Size, Convert.ToHexStringLower(sum),
                    artifact.Attempt, artifact.CreatedBy, artifact.CreatedAt, store.Name))
                : new Uploaded.Full();
        }
        finally
        {
            if (!isStored)
            {
                await removal.DiscardAsync(artifact.Id, store);
            }
        }
    }

    public NewArtifact Begin(Guid task, string name, string contentType, long? size, Party by, int? attempt, string kind)
    {
        var now = time.GetUtcNow();
        return new(Guid.CreateVersion7(now), task, name, contentType, size, attempt ?? by.Attempt, by.Name, now, kind);
    }

    /// <summary>It is known, and its sender is to be answered when he has sent it.</summary>
    public async Task PassOverAsync(Stream content, CancellationToken cancellationToken)
    {
        using var body = new UploadBody(content, _limits.MaxArtifactBytes);
        for (var piece = new byte[Piece]; await body.FillAsync(piece, cancellationToken) == piece.Length;)
        {
        }
    }

    private async Task<bool> FinishAsync(NewArtifact artifact, long size, byte[] sum, SchedulerDb db, Caller caller, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await ((NpgsqlConnection)db.Database.GetDbConnection()).FinishArtifactAsync(artifact, size, sum, _limits.MaxArtifactBytesPerTask, cancellationToken))
        {
            return false;
        }

        db.AuditOutbox.Add(AuditEntry.Of(
            caller, time, "artifact.stored", artifact.Id.ToString(), detail: string.Create(CultureInfo.InvariantCulture, $"{size} bytes for task {artifact.Task}")));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}

using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Artifacts.Stores;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Files;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Npgsql;

namespace Agents.Scheduler.Artifacts;

/// <summary>Files of a task: brought and fetched as they are.</summary>
internal static class ArtifactsApi
{
    private const string ChecksumHeader = "X-Content-SHA256";

    public static void MapArtifacts(this IEndpointRouteBuilder routes)
    {
        var artifacts = routes.MapGroup("/tasks/{id}/artifacts").WithTags("Artifacts");
        var seen = artifacts.MapGroup("").RequireAuthorization(ArtifactParts.Readers);
        var changed = artifacts.MapGroup("").RequireAuthorization(ArtifactParts.Writers);

        seen.MapGet("/", ListAsync);
        seen.MapGet("/{artifact_id}", GetAsync).DescribeDownload();
        changed.MapPost("/", UploadAsync).DescribeUpload();
        changed.MapDelete("/{artifact_id}", DeleteAsync);
    }

    private static async Task<Results<Ok<ListOf<ArtifactView>>, Missing>> ListAsync(
        string id, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        if (await postgres.PartyAsync(id, caller, cancellationToken) is null)
        {
            return new Missing();
        }

        var paging = new Paging(page, pageSize);
        var (items, total) = await postgres.ArtifactsAsync(Guid.Parse(id), paging.Skip, paging.Size, cancellationToken);
        return TypedResults.Ok(new ListOf<ArtifactView>([.. items.Select(artifact => artifact.ToView())], total));
    }

    private static async Task<Results<FileStreamHttpResult, Missing, Unavailable>> GetAsync(
        string id, [FromRoute(Name = "artifact_id")] string artifactId, HttpResponse response, ArtifactStores stores, NpgsqlDataSource postgres, Caller caller,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, artifactId, postgres, caller, cancellationToken) is not (_, { } artifact))
        {
            return new Missing();
        }

        if (stores.Find(artifact.Store) is not { } store)
        {
            return new Unavailable($"It lies in a store that is not configured just now ({artifact.Store}).");
        }

        response.ForbidToRun();
        return TypedResults.Stream(
            new ArtifactStream(store, artifact.Id, artifact.Size), artifact.ContentType, FileName.ToSave(artifact.Name), lastModified: null,
            new EntityTagHeaderValue($"\"{artifact.Sha256}\""), enableRangeProcessing: true);
    }

    /// <param name="attempt">Of who works on it: which of his attempts has made it. The same once more is no second one.</param>
    /// <param name="kind">Left out: a file.</param>
    private static async Task<Results<Created<ArtifactView>, Ok<ArtifactView>, Missing, Invalid, WrongState>> UploadAsync(
        string id, string? name, HttpRequest request, Uploads uploads, NpgsqlDataSource postgres, SchedulerDb db, Caller caller, CancellationToken cancellationToken,
        int? attempt = null, string? kind = null)
    {
        if (await postgres.PartyAsync(id, caller, cancellationToken) is not { } party)
        {
            return new Missing();
        }

        var (head, wrong) = UploadHead.Read(request, name, isPath: attempt is not null);
        if (head is null)
        {
            return wrong!;
        }

        if (kind is not null && !(kind is ArtifactKind.File or ArtifactKind.Package && attempt is not null))
        {
            return new Invalid("kind", $"must be {ArtifactKind.File}, or with an attempt {ArtifactKind.Package}");
        }

        if (attempt is { } number && await postgres.LateAsync(Guid.Parse(id), number, caller, cancellationToken) is { } late)
        {
            return new WrongState(late);
        }

        if (!TryReadChecksum(request, out var sha256))
        {
            return new Invalid(ChecksumHeader, "must be 64 hexadecimal digits");
        }

        // Ours is counted where it is read.
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        if (attempt is { } of && sha256 is not null && await postgres.SameArtifactAsync(Guid.Parse(id), of, head.Name, kind ?? ArtifactKind.File, sha256, cancellationToken) is { } same)
        {
            await uploads.PassOverAsync(request.Body, cancellationToken);
            return TypedResults.Ok(same.ToView());
        }

        var artifact = uploads.Begin(Guid.Parse(id), head.Name, head.MediaType, request.ContentLength, party, attempt, kind ?? ArtifactKind.File);
        return await uploads.TakeAsync(artifact, request.Body, sha256, db, caller, cancellationToken) switch
        {
            Uploaded.Stored stored => TypedResults.Created($"/api/v1/tasks/{id}/artifacts/{artifact.Id}", stored.Artifact.ToView()),
            Uploaded.Differs differs => new Invalid(ChecksumHeader, $"is not that of what came: {differs.Sha256}"),
            _ => new Invalid("body", "does not fit: the artifacts of this task are too many, or too large together"),
        };
    }

    private static async Task<Results<Ok<Deleted>, Missing, NotAllowed, WrongState>> DeleteAsync(
        string id, [FromRoute(Name = "artifact_id")] string artifactId, Removal removal, NpgsqlDataSource postgres, SchedulerDb db, TimeProvider time, Caller caller,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(id, artifactId, postgres, caller, cancellationToken) is not ({ } party, { } artifact))
        {
            return new Missing();
        }

        if (!party.Owns)
        {
            return new NotAllowed("Only who submitted the task removes its artifacts.");
        }

        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            if (!await ((NpgsqlConnection)db.Database.GetDbConnection()).DropArtifactAsync(artifact.Id, cancellationToken))
            {
                return artifact.Kind is ArtifactKind.File ? new Missing() : new WrongState($"It is the task's {artifact.Kind}, and stays as long as the task.");
            }

            db.AuditOutbox.Add(AuditEntry.Of(caller, time, "artifact.deleted", artifact.Id.ToString(), detail: $"{artifact.Name} of task {artifact.Task}"));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await removal.FinishAsync(artifact);
        return TypedResults.Ok(new Deleted());
    }

    private static async Task<(Party Party, Artifact Artifact)?> FindAsync(
        string id, string artifactId, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken) =>
        Guid.TryParse(artifactId, out var artifact)
        && await postgres.PartyAsync(id, caller, cancellationToken) is { } party
        && await postgres.ArtifactAsync(Guid.Parse(id), artifact, cancellationToken) is { } found
            ? (party, found)
            : null;

    private static bool TryReadChecksum(HttpRequest request, out byte[]? sha256)
    {
        sha256 = null;
        var said = request.Headers[ChecksumHeader].ToString();
        if (said.Length > 0 && said.Length == 64 && said.All(char.IsAsciiHexDigit))
        {
            sha256 = Convert.FromHexString(said);
        }

        return said.Length == 0 || sha256 is not null;
    }
}

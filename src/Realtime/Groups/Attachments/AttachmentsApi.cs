using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Groups.Rest;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Agents.Realtime.Groups.Attachments;

/// <summary>Files that messages bring along: uploaded as they are, then named by the message.</summary>
internal static class AttachmentsApi
{
    private const long MaxBytes = 10 * 1024 * 1024;

    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        var attachments = routes.MapGroup("/groups/{id}/attachments").WithTags("Groups");

        attachments.MapPost("/", UploadAsync).RequireAuthorization(GroupParts.Speakers).DescribeUpload();
        attachments.MapGet("/{attachment_id}", GetAsync).RequireAuthorization(GroupParts.Readers).DescribeDownload();
    }

    private static async Task<Results<Created<AttachmentView>, Missing, Invalid>> UploadAsync(
        string id, string? name, HttpRequest request, RealtimeDb db, GroupCaller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await caller.GroupAsync(db, id, cancellationToken) is null)
        {
            return new Missing();
        }

        var (head, wrong) = UploadHead.Read(request, name);
        if (head is null)
        {
            return wrong!;
        }

        // Not longer than what one may hold in memory for a moment, and stored at once, so that nothing stays of one that broke off.
        using var body = new UploadBody(request.Body, MaxBytes);
        List<byte[]> parts = [];
        var piece = new byte[AttachmentChunk.Bytes];
        while (await body.FillAsync(piece, cancellationToken) is var read and > 0)
        {
            parts.Add(piece[..read]);
        }

        var now = time.GetUtcNow();
        var attachment = new Attachment
        {
            Id = Guid.CreateVersion7(now),
            GroupId = id,
            Name = head.Name,
            MediaType = head.MediaType,
            Size = body.Size,
            Sha256 = body.Sha256(),
            UploadedBy = caller.Key,
            At = now,
        };
        db.Attachments.Add(attachment);
        db.AttachmentChunks.AddRange(parts.Select((content, n) => new AttachmentChunk { AttachmentId = attachment.Id, Number = n, Content = content }));
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/api/v1/groups/{id}/attachments/{attachment.Id}", attachment.ToView());
    }

    private static async Task<Results<FileContentHttpResult, Missing>> GetAsync(
        string id, [FromRoute(Name = "attachment_id")] string attachmentId, HttpResponse response, RealtimeDb db, GroupCaller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(attachmentId, out var asked) || await caller.GroupAsync(db, id, cancellationToken) is null
            || await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == asked && a.GroupId == id, cancellationToken) is not { } attachment
            || (attachment.EntryId is null && attachment.UploadedBy != caller.Key))
        {
            return new Missing();
        }

        var content = new byte[attachment.Size];
        var at = 0;
        foreach (var part in await db.AttachmentChunks.AsNoTracking().Where(c => c.AttachmentId == asked).OrderBy(c => c.Number).Select(c => c.Content).ToListAsync(cancellationToken))
        {
            part.CopyTo(content, at);
            at += part.Length;
        }

        response.ForbidToRun();
        return TypedResults.File(
            content, attachment.MediaType, FileName.ToSave(attachment.Name), enableRangeProcessing: true,
            entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(attachment.Sha256)}\""));
    }
}

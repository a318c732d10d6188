using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Posts.Changes;
using Agents.Posts.Rollouts;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Posts;

/// <summary>What operators do to posts. Each change is a version, written with it.</summary>
internal sealed class PostChanges(PostsDb db, ChangeFeed feed, IRegistryInternal registry, TimeProvider time)
{
    public enum Outcome
    {
        Done,
        Missing,
        NameTaken,

        /// <summary>Somebody made a newer version than the writer saw.</summary>
        Outdated,

        NoSuchVersion,

        /// <summary>Which version agents follow is the roll-out's to say until it ends.</summary>
        InRollout,
    }

    public async Task<(Outcome Outcome, Post? Post)> CreateAsync(Caller by, CreatePostRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var post = new Post
        {
            Id = Ids.New(time),
            Name = request.Name,
            Description = request.Description ?? "",
            Template = TemplateJson.Write(request.Template ?? new()),
            Version = 0,
            Released = 0,
            CreatedBy = by.Id,
            CreatedAt = now,
            UpdatedBy = by.Id,
            UpdatedAt = now,
        };
        db.Posts.Add(post);
        return await SaveAsync(by, post, "post.created", request.Note, null, releases: true, cancellationToken);
    }

    public Task<(Outcome Outcome, Post? Post)> ChangeAsync(Caller by, string id, ChangePostRequest change, CancellationToken cancellationToken) =>
        WithLockedAsync(id, async post =>
        {
            if (change.Version is { } seen && seen != post.Version)
            {
                return (Outcome.Outdated, post);
            }

            var template = change.Template is { } given ? TemplateJson.Write(given) : post.Template;
            return await BecomeAsync(by, post, change.Name ?? post.Name, change.Description ?? post.Description, template, change.Note, null, change.Release, cancellationToken);
        }, cancellationToken);

    public Task<(Outcome Outcome, Post? Post)> RestoreAsync(Caller by, string id, int number, CancellationToken cancellationToken) =>
        WithLockedAsync(id, async post =>
            await db.Versions.AsNoTracking().SingleOrDefaultAsync(v => v.PostId == id && v.Number == number, cancellationToken) is { } old
                ? await BecomeAsync(by, post, old.Name, old.Description, old.Template, null, number, null, cancellationToken)
                : (Outcome.NoSuchVersion, null), cancellationToken);

    /// <summary>How many agents have it, where it can't go because of them. Null where there is no such post.</summary>
    public async Task<int?> DeleteAsync(Caller by, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockAsync(id, cancellationToken) is not { } post)
        {
            return null;
        }

        // Whoever makes agents of it holds its row until they are made, so none come in between.
        if (await registry.CountAgentsAsync(id, cancellationToken) is { Agents: > 0 and var agents })
        {
            return agents;
        }

        db.Posts.Remove(post);
        db.AuditOutbox.Add(AuditEntry.Of(by, time, "post.deleted", id, detail: post.Name));
        await feed.SaveAsync(PostChangeKind.PostDeleted, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return 0;
    }

    private async Task<(Outcome Outcome, Post? Post)> WithLockedAsync(
        string id, Func<Post, Task<(Outcome Outcome, Post? Post)>> change, CancellationToken cancellationToken)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        if (await db.LockAsync(id, cancellationToken) is not { } post)
        {
            return (Outcome.Missing, null);
        }

        var done = await change(post);
        if (done.Outcome is Outcome.Done && own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return done;
    }

    private async Task<(Outcome Outcome, Post? Post)> BecomeAsync(
        Caller by, Post post, string name, string description, string template, string? note, int? restores, bool? release,
        CancellationToken cancellationToken)
    {
        var inRollout = await db.RunningRolloutAsync(post.Id, cancellationToken) is not null;
        if (inRollout && release is true)
        {
            return (Outcome.InRollout, null);
        }

        // The same in another order is the same.
        var same = template == post.Template || JsonNode.DeepEquals(JsonNode.Parse(template), JsonNode.Parse(post.Template));
        if (same && name == post.Name && description == post.Description)
        {
            return (Outcome.Done, post);
        }

        (post.Name, post.Description, post.Template) = (name, description, template);
        (post.UpdatedBy, post.UpdatedAt) = (by.Id, time.GetUtcNow());
        return await SaveAsync(by, post, restores is null ? "post.changed" : "post.restored", note, restores, release ?? !inRollout, cancellationToken);
    }

    private async Task<(Outcome Outcome, Post? Post)> SaveAsync(
        Caller by, Post post, string action, string? note, int? restores, bool releases, CancellationToken cancellationToken)
    {
        post.Version++;
        post.Released = releases ? post.Version : post.Released;
        db.Versions.Add(new()
        {
            PostId = post.Id,
            Number = post.Version,
            AuthorId = by.Id,
            AuthorName = by.Name,
            Note = note ?? "",
            Restores = restores,
            At = post.UpdatedAt,
            Name = post.Name,
            Description = post.Description,
            Template = post.Template,
        });
        db.AuditOutbox.Add(AuditEntry.Of(by, time, action, post.Id, detail: $"{post.Name}, version {post.Version}{(releases ? "" : ", not released")}"));
        try
        {
            await feed.SaveAsync(PostChangeKind.PostSaved, post.Id, cancellationToken);
            return (Outcome.Done, post);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation(Post.NameIndex))
        {
            return (Outcome.NameTaken, null);
        }
    }
}

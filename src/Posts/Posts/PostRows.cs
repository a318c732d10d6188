using Agents.Contracts.Registry;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Posts;

internal static class PostRows
{
    /// <summary>Within a transaction: until its end nobody else changes it, deletes it or makes agents of it.</summary>
    public static async Task<Post?> LockAsync(this PostsDb db, string id, CancellationToken cancellationToken) =>
        (await db.Posts.FromSql($"SELECT * FROM posts WHERE id = {id} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>Within a transaction: until its end nobody deletes or changes it. Many may hold it so.</summary>
    public static async Task<Post?> HoldAsync(this PostsDb db, string id, CancellationToken cancellationToken) =>
        (await db.Posts.FromSql($"SELECT * FROM posts WHERE id = {id} FOR SHARE").AsNoTracking().ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>Null where it has none, or one that is gone.</summary>
    public static async Task<Post?> PostOfAsync(this PostsDb db, KnownAgent agent, CancellationToken cancellationToken) =>
        agent.PostId is { } id ? await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) : null;
}

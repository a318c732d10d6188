using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Refit;

namespace Agents.Contracts.Posts;

/// <summary>What Posts tells the other services. Never routed by the gateway.</summary>
public interface IPostsInternal
{
    /// <summary>All posts, page by page, for who keeps them: read the feed's newest number first, and follow it from there.</summary>
    /// <param name="after">The last page's <see cref="PostIds.Next"/>.</param>
    [Get("/internal/posts")]
    Task<PostIds> GetIdsAsync(string? after, CancellationToken cancellationToken);

    /// <summary>Answers at once when there is something after the number, else when there is, else empty after <paramref name="wait"/> seconds.</summary>
    [Get("/internal/posts/changes")]
    Task<PostChangePage> GetChangesAsync(long after, int wait, CancellationToken cancellationToken);

    /// <summary>What these agents are to be; those with neither a post nor anything of their own are left out.</summary>
    [Post("/internal/configs")]
    Task<ToldConfigs> GetConfigsAsync([Body] AgentIds agents, CancellationToken cancellationToken);

    /// <summary>Those of these agents for whom a mention is work.</summary>
    [Post("/internal/mentioned")]
    Task<AgentIds> FindMentionWorkersAsync([Body] AgentIds agents, CancellationToken cancellationToken);

    /// <summary>The posts with whose id or name one of these texts begins.</summary>
    [Post("/internal/posts/named")]
    Task<NamedPosts> FindNamedAsync([Body] PostTexts texts, CancellationToken cancellationToken);
}

public sealed record PostTexts(IReadOnlyList<string> Texts);

public sealed record NamedPosts(IReadOnlyList<NamedPost> Items);

public sealed record NamedPost(string Id, string Name);

public sealed record ToldConfigs(IReadOnlyList<AgentConfigTold> Items);

/// <param name="Next">Null after the last page.</param>
/// <param name="Budgets">Of those posts that have one.</param>
public sealed record PostIds(IReadOnlyList<string> Ids, string? Next, IReadOnlyDictionary<string, Budget>? Budgets = null);

/// <param name="Last">The newest number there is; smaller than asked after means that the feed began anew.</param>
/// <param name="First">The oldest number that is still kept; who asked after an older one has missed some.</param>
public sealed record PostChangePage(long Last, long First, IReadOnlyList<PostChange> Items);

/// <param name="Budget">As it is now, where one was saved that has any.</param>
public sealed record PostChange(long Seq, PostChangeKind Kind, string Id, Budget? Budget = null);

public enum PostChangeKind
{
    /// <summary>It is another, or another version of it holds for some of its agents.</summary>
    PostSaved,
    PostDeleted,
}

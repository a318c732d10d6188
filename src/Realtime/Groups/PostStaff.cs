using Agents.Contracts.Posts;
using Agents.Contracts.Registry;
using Agents.Realtime.Groups.Log;

namespace Agents.Realtime.Groups;

/// <summary>Who has the posts that a text mentions.</summary>
internal sealed class PostStaff(IPostsInternal posts, IRegistryInternal registry)
{
    private const int MostPages = 20;

    /// <summary>By the posts' ids and names; null where none is mentioned.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlySet<string>>?> OfMentionedAsync(string content, CancellationToken cancellationToken)
    {
        var said = Mentions.PostsIn(content);
        if (said.Count == 0)
        {
            return null;
        }

        Dictionary<string, IReadOnlySet<string>> staff = [];
        foreach (var post in (await posts.FindNamedAsync(new(said), cancellationToken)).Items)
        {
            staff[post.Id] = staff[post.Name] = await OfAsync(post.Id, cancellationToken);
        }

        return staff;
    }

    private async Task<IReadOnlySet<string>> OfAsync(string postId, CancellationToken cancellationToken)
    {
        HashSet<string> keys = [];
        string? after = null;
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await registry.GetStaffAsync(postId, after, cancellationToken);
            keys.UnionWith(page.Items.Select(staff => MemberKey.OfAgent(staff.Agent.Id)));
            if (page.Next is null)
            {
                break;
            }

            after = page.Next;
        }

        return keys;
    }
}

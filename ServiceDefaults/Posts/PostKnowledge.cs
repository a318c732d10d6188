using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Loops;

namespace Agents.ServiceDefaults.Posts;

public static class PostKnowledge
{
    /// <summary>For a service that takes the ids of posts.</summary>
    public static void AddKnownPosts(this WebApplicationBuilder builder)
    {
        builder.AddServiceClient<IPostsInternal>("posts");
        builder.Services.AddLoop<KnownPosts>();
    }
}

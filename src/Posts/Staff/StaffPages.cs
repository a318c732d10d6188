using Agents.Contracts.Registry;

namespace Agents.Posts.Staff;

internal static class StaffPages
{
    /// <summary>All agents of a post.</summary>
    public static async Task<List<AgentOverrides>> AllStaffAsync(this IRegistryInternal registry, string postId, CancellationToken cancellationToken)
    {
        List<AgentOverrides> agents = [];
        string? after = null;
        do
        {
            var page = await registry.GetStaffAsync(postId, after, cancellationToken);
            agents.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        return agents;
    }
}

using Agents.Contracts.Identity;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;

namespace Agents.Realtime.Groups.Rest;

/// <summary>Who is to be in a group: agents that the caller sees, and people.</summary>
internal sealed class Invitations(IRegistryInternal registry, IIdentityInternal identity)
{
    /// <param name="members">As <see cref="MemberKey.Parse"/> takes them; a person by his id or by his name.</param>
    /// <returns>By key, the names; or what is wrong.</returns>
    public async Task<(Dictionary<string, string> Members, string? Unknown)> FindAsync(GroupCaller caller, IReadOnlyList<string> members, CancellationToken cancellationToken)
    {
        var keys = members.Select(MemberKey.Parse).Distinct().Select(MemberKey.Split).ToLookup(member => member.Kind, member => member.Id);
        Dictionary<string, string> found = [];
        foreach (var ids in keys[MemberKind.Agent].Chunk(AgentIds.Most))
        {
            foreach (var agent in (await registry.FindAgentsAsync(new(ids), cancellationToken)).Items.Where(caller.Sees))
            {
                found[MemberKey.OfAgent(agent.Id)] = agent.Name;
            }
        }

        string[] people = [.. keys[MemberKind.User]];
        if (people.Length > 0)
        {
            var known = (await identity.FindUsersAsync(new(people), cancellationToken)).Items;
            if (people.FirstOrDefault(asked => !known.Any(user => user.Id == asked || string.Equals(user.Name, asked, StringComparison.OrdinalIgnoreCase))) is { } nobody)
            {
                return (found, $"there is no person {nobody}");
            }

            foreach (var user in known)
            {
                found[MemberKey.OfUser(user.Id)] = user.Name;
            }
        }

        return keys[MemberKind.Agent].FirstOrDefault(id => !found.ContainsKey(MemberKey.OfAgent(id))) is { } missing ? (found, $"there is no agent {missing}") : (found, null);
    }
}

using Agents.Contracts.Realtime;

namespace Agents.Realtime.Presence;

/// <summary>Cuts a long list into frames. Pure.</summary>
internal static class ListParts
{
    /// <summary>In characters as a frame has them; three bytes each is the worst, and then it still fits.</summary>
    private const int PartSize = Frame.MaxBytes / 4;

    private const int FixedSize = 200;

    public static ListedAgent Listed(PresenceChange change) => new(
        change.Agent.Id, change.Agent.Name, change.Agent.Type, change.Agent.Role, change.Status, change.Agent.DeviceId, change.Agent.PostId,
        change.Agent.Capabilities, change.Agent.Tags, change.Agent.Concurrency);

    /// <summary>At least one part: an empty list says that nobody is there.</summary>
    public static IEnumerable<AgentList> Of(IReadOnlyList<PresenceChange> changes)
    {
        List<ListedAgent> part = [];
        var size = 0;
        foreach (var agent in changes.Select(Listed))
        {
            var more = SizeOf(agent);
            if (part.Count > 0 && size + more > PartSize)
            {
                yield return new(part, More: true);
                (part, size) = ([], 0);
            }

            part.Add(agent);
            size += more;
        }

        yield return new(part);
    }

    private static int SizeOf(ListedAgent agent) =>
        FixedSize + agent.Id.Length + agent.Name.Length + agent.Type.Length + agent.Role.Length
        + agent.Capabilities.Sum(name => name.Length + 3) + agent.Tags.Sum(name => name.Length + 3);
}

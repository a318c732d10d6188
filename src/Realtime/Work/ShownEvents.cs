using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Work;

/// <summary>What happened to tasks, shown to a person as far as he may see it.</summary>
internal static class ShownEvents
{
    /// <returns>How many of them.</returns>
    public static int Show(this Connection connection, PersonPeer person, IReadOnlyList<TaskEventItem> events)
    {
        var shown = 0;
        foreach (var item in events.Where(item => Sees(person, item)))
        {
            connection.Send(EventFrames.Of(item));
            shown++;
        }

        return shown;
    }

    internal static bool Sees(PersonPeer person, TaskEventItem item) =>
        (person.Watched is null || person.Watched == item.Event.AgentId)
        && (item.Owner == person.Claims.Sub || person.Claims.Roles.Contains(Roles.Admin) || person.Claims.Roles.Contains(Roles.Operator));
}

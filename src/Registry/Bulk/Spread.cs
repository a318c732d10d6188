using Agents.Registry.Agents;

namespace Agents.Registry.Bulk;

/// <summary>A device that could carry more agents.</summary>
internal readonly record struct Carrier(string Id, bool Online, int Agents)
{
    public int Room => Math.Max(0, DeviceRoom.MostAgents - Agents);
}

/// <summary>On which devices agents are made. Pure.</summary>
internal static class Spread
{
    /// <summary>One after the other on the device that carries the fewest; on one that is not there only when the others are full. Null where there is no room for all.</summary>
    public static IReadOnlyList<string>? Over(IReadOnlyList<Carrier> carriers, int count)
    {
        if (carriers.Sum(carrier => carrier.Room) < count)
        {
            return null;
        }

        var next = new PriorityQueue<Carrier, (bool, int, string)>(carriers.Where(c => c.Room > 0).Select(c => (c, Order(c))), Comparer);
        List<string> chosen = [];
        while (chosen.Count < count)
        {
            var carrier = next.Dequeue();
            chosen.Add(carrier.Id);
            carrier = carrier with { Agents = carrier.Agents + 1 };
            if (carrier.Room > 0)
            {
                next.Enqueue(carrier, Order(carrier));
            }
        }

        return chosen;
    }

    private static Comparer<(bool Offline, int Agents, string Id)> Comparer { get; } = Comparer<(bool Offline, int Agents, string Id)>.Create((a, b) =>
        a.Offline != b.Offline ? a.Offline.CompareTo(b.Offline)
        : a.Agents != b.Agents ? a.Agents.CompareTo(b.Agents)
        : string.CompareOrdinal(a.Id, b.Id));

    private static (bool, int, string) Order(Carrier carrier) => (!carrier.Online, carrier.Agents, carrier.Id);
}

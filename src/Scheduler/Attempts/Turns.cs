using Agents.Contracts.Scheduler;
using Npgsql;

namespace Agents.Scheduler.Attempts;

/// <summary>Who came, who went, and that whoever said anything lives.</summary>
internal static class Turns
{
    public static async Task<IReadOnlyList<(HolderWord Word, bool Here)>> TurnsAsync(
        this NpgsqlConnection connection, string instance, IReadOnlyList<HolderWord> words, TimeSpan lease, CancellationToken cancellationToken)
    {
        string[] heard = [.. words.Where(word => word.Kind is not (WordKind.Here or WordKind.Gone)).Select(word => word.Holder).Distinct().Order(StringComparer.Ordinal)];
        await connection.HeardAsync(instance, heard, lease, cancellationToken);

        // Of one holder the newest connection counts, and of that its last word. In one order, so that two reports never wait for each other.
        List<HolderWord> newest =
        [
            .. words.Where(word => word.Kind is WordKind.Here or WordKind.Gone)
                .GroupBy(word => word.Holder)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Aggregate((a, b) => string.CompareOrdinal(b.Connection, a.Connection) >= 0 ? b : a)),
        ];
        if (newest.Count == 0)
        {
            return [];
        }

        var counted = (await connection.HereAsync(instance, newest, lease, cancellationToken)).ToDictionary(c => c.Holder, c => c.Here);
        return [.. newest.Where(word => counted.ContainsKey(word.Holder)).Select(word => (word, counted[word.Holder]))];
    }
}

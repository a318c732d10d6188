using System.Globalization;

namespace Agents.Bench.Figures;

/// <summary>CPU seconds so far of the parts of the application, and of this very process.</summary>
internal sealed class CpuClock(IReadOnlyDictionary<string, int> parts, bool isComplete)
{
    public const string Postgres = "postgres";
    public const string Own = "bench";

    public CpuTimes Read() => new(
        isComplete ? MachineTimes.Read() : null,
        parts.ToDictionary(
            part => part.Key,
            // Each connection is a process of its own there, and connections come and go.
            part => part.Key == Postgres ? WithChildren(part.Value) : Alone(part.Value)));

    /// <exception cref="KeyNotFoundException">It is none of our children.</exception>
    public int ProcessOf(string part) => parts[part];

    /// <summary>
    /// The parts are our children and theirs, known by what their command line holds. Of several the first: a server
    /// starts before its backends. One that is not there, as a PostgreSQL in a container, cannot be counted.
    /// </summary>
    public static CpuClock OfChildren(params (string Part, string CommandLine)[] wanted)
    {
        var parts = new Dictionary<string, int> { [Own] = Environment.ProcessId };
        var family = Family(Environment.ProcessId);
        foreach (var (part, text) in wanted)
        {
            if (family.Order().FirstOrDefault(id => CommandLineOf(id).Contains(text, StringComparison.Ordinal)) is > 0 and var found)
            {
                parts[part] = found;
            }
        }

        return new(parts, isComplete: parts.Count == wanted.Length + 1);
    }

    private static double Alone(int id) => (ProcessTimes.Read(id)?.Own ?? 0) / ProcessTimes.TicksPerSecond;

    private static double WithChildren(int id)
    {
        var server = ProcessTimes.Read(id) ?? default;
        var children = AllIds().Select(ProcessTimes.Read).Where(times => times is { } t && t.Parent == id).Sum(times => times!.Value.Own);
        return (server.Own + server.Reaped + children) / ProcessTimes.TicksPerSecond;
    }

    private static HashSet<int> Family(int root)
    {
        var parents = AllIds().Select(id => (Id: id, ProcessTimes.Read(id)?.Parent)).ToList();
        HashSet<int> family = [root];
        while (parents.Count(p => p.Parent is { } parent && family.Contains(parent) && family.Add(p.Id)) > 0)
        {
        }

        family.Remove(root);
        return family;
    }

    private static IEnumerable<int> AllIds() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    private static string CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

using System.Globalization;

namespace Agents.Tests.App.Hosting;

/// <summary>Who was started by whom, as Linux tells it.</summary>
internal static class ProcessTree
{
    public static IReadOnlyList<int> Below(int root)
    {
        var children = Processes().ToLookup(p => p.Parent, p => p.Id);
        var found = new List<int>();
        Collect(root);
        return found;

        void Collect(int parent)
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                Collect(child);
            }
        }
    }

    /// <summary>A zombie is dead; that nobody asked for its exit code is no matter of ours.</summary>
    public static bool IsAlive(int id) => Stat(id) is { } stat && stat.State != 'Z';

    public static async Task GoneAsync(IEnumerable<int> ids, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (ids.Where(IsAlive).ToList() is { Count: > 0 } left)
        {
            try
            {
                await tick.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"still there after {limit.TotalSeconds} s: {string.Join("; ", left.Select(CommandLine))}");
            }
        }
    }

    public static string CommandLine(int id)
    {
        try
        {
            return $"{id} {File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ')}";
        }
        catch (IOException)
        {
            return $"{id} (gone)";
        }
    }

    private static IEnumerable<(int Id, int Parent)> Processes() =>
        from folder in Directory.GetDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        let id = int.Parse(name, CultureInfo.InvariantCulture)
        let stat = Stat(id)
        where stat is not null
        select (id, stat.Value.Parent);

    private static (char State, int Parent)? Stat(int id)
    {
        try
        {
            // pid (name, which may hold anything) state parent ...
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}

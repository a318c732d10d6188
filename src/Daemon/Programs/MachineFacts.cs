using Agents.Contracts.Realtime;

namespace Agents.Daemon.Programs;

/// <summary>What the server is told about this machine, and what of it has changed since. Pure.</summary>
internal static class MachineFacts
{
    private const string Prefix = "program.";

    /// <summary>The user's own: what was said on the command line comes before config.yaml.</summary>
    public static IReadOnlyDictionary<string, string> Labels(IReadOnlyDictionary<string, string>? commandLine, IReadOnlyDictionary<string, string> config) =>
        (commandLine ?? new Dictionary<string, string>()).Concat(config).DistinctBy(label => label.Key).ToDictionary();

    /// <param name="labels">The user's own.</param>
    public static DeviceUpdate Of(string hostname, IReadOnlyList<InstalledProgram> programs, IReadOnlyDictionary<string, string> labels) => new(
        [.. programs.Select(program => program.Name)],
        programs.Where(program => program.Version is not null)
            .Select(program => KeyValuePair.Create(Prefix + program.Name, program.Version!))
            .Concat(labels)
            .DistinctBy(label => label.Key)
            .ToDictionary(),
        Build.Version, hostname, Build.Os, Build.Arch);

    /// <summary>All of it, and with an empty value the labels that were told once and are gone.</summary>
    public static DeviceUpdate Everything(DeviceUpdate? told, DeviceUpdate now) =>
        now with { Labels = (now.Labels ?? new Dictionary<string, string>()).Concat(Gone(told?.Labels, now.Labels)).ToDictionary() };

    /// <summary>What to remember once all was told: a label that is gone until it was told so at two connections, for one may be lost.</summary>
    public static DeviceUpdate Remembered(DeviceUpdate? told, DeviceUpdate now) => Everything(
        told is null ? null : told with { Labels = told.Labels?.Where(label => label.Value.Length > 0).ToDictionary() }, now);

    /// <summary>Null where nothing has. Labels that are gone come with an empty value.</summary>
    public static DeviceUpdate? Changes(DeviceUpdate? told, DeviceUpdate now)
    {
        var (before, after) = (told?.Labels ?? new Dictionary<string, string>(), now.Labels ?? new Dictionary<string, string>());
        var labels = after.Where(label => before.GetValueOrDefault(label.Key) != label.Value)
            .Concat(Gone(before, after).Where(label => before[label.Key].Length > 0))
            .ToDictionary();
        var same = told?.Capabilities is { } capabilities && capabilities.SequenceEqual(now.Capabilities ?? []);
        var changes = new DeviceUpdate(
            same ? null : now.Capabilities, labels.Count > 0 ? labels : null, Changed(told?.Version, now.Version),
            Changed(told?.Hostname, now.Hostname), Changed(told?.Os, now.Os), Changed(told?.Arch, now.Arch));
        return changes == new DeviceUpdate() ? null : changes;
    }

    private static IEnumerable<KeyValuePair<string, string>> Gone(IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string>? after) =>
        (before ?? new Dictionary<string, string>()).Keys.Where(name => after?.ContainsKey(name) is not true).Select(name => KeyValuePair.Create(name, ""));

    private static string? Changed(string? before, string? after) => before == after ? null : after;
}

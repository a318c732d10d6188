using System.Globalization;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;

namespace Agents.Daemon.Machine;

internal static class Points
{
    public static MetricValue Of(string name, double value) => new(name, value);

    public static MetricValue Of(string name, double value, string label, string of) =>
        new(name, value, Labels: new Dictionary<string, string> { [label] = of.Length > MetricRules.MaxNameLength ? of[..MetricRules.MaxNameLength] : of });

    public static IReadOnlyList<string> Words(this string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    public static double? Number(this IReadOnlyList<string> words, int index) =>
        index < words.Count && double.TryParse(words[index], CultureInfo.InvariantCulture, out var number) ? number : null;
}

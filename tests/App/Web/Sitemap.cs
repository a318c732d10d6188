using System.Text.RegularExpressions;
using Agents.Tests.App.Publishing;

namespace Agents.Tests.App.Web;

/// <summary>Which pages there are, as the admin's own code says it: nobody has to remember to name a new one here.</summary>
internal static partial class Sitemap
{
    private static readonly string Source = Path.Combine(AppHostProcess.RepositoryRoot, "src", "Web", "src");

    /// <summary>Patterns of addresses: <c>/tasks/$id</c>.</summary>
    public static IReadOnlyList<string> Routes { get; } = [.. RouteFiles().SelectMany(RoutesOf)];

    /// <summary>What the navigation offers.</summary>
    public static IReadOnlyList<string> Pages { get; } =
        [.. PageLine().Matches(File.ReadAllText(Path.Combine(Source, "shell", "pages.ts"))).Select(match => match.Groups["path"].Value)];

    /// <summary>The parts of a page, as the file that reads its address lists them.</summary>
    public static IReadOnlyList<string> PartsOf(string page, string list)
    {
        var text = string.Concat(Directory.EnumerateFiles(Path.Combine(Source, "pages", page), "*.ts").Select(File.ReadAllText));
        var found = Regex.Match(text, $@"export const {list} = \[(?<values>[^\]]+)\] as const");
        Assert.True(found.Success, $"{page} lists no {list} any more");
        return [.. Word().Matches(found.Groups["values"].Value).Select(word => word.Groups["word"].Value)];
    }

    /// <summary>The one that a browser comes to by this address: what is named goes before what is any id.</summary>
    public static string? RouteOf(string address)
    {
        var path = address.Split('?')[0];
        return Routes.Where(route => Regex.IsMatch(path, $"^{Regex.Replace(route, @"\$\w+", "[^/]+")}$")).MinBy(route => route.Count(c => c == '$'));
    }

    private static IEnumerable<string> RouteFiles() =>
        Directory.EnumerateFiles(Path.Combine(Source, "pages"), "routes.ts", SearchOption.AllDirectories).Append(Path.Combine(Source, "router.tsx"));

    private static IEnumerable<string> RoutesOf(string file)
    {
        var text = File.ReadAllText(file);
        var routes = Route().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => (Parent: match.Groups["parent"].Value, Path: match.Groups["path"].Value));
        Assert.True(routes.Count == Regex.Count(text, @"= createRoute\("), $"a route of {file} is written in a way that is not read here");
        return routes.Values.Select(route => routes.TryGetValue(route.Parent, out var parent) ? parent.Path + route.Path : route.Path);
    }

    [GeneratedRegex(@"const (?<name>\w+) = createRoute\(\{\s*getParentRoute: \(\) => (?<parent>\w+),\s*path: '(?<path>[^']+)'")]
    private static partial Regex Route();

    [GeneratedRegex(@"\{ to: '(?<path>[^']+)'")]
    private static partial Regex PageLine();

    [GeneratedRegex("'(?<word>[^']+)'")]
    private static partial Regex Word();
}

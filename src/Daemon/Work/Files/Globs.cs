using System.IO.Enumeration;

namespace Agents.Daemon.Work.Files;

/// <summary>
/// Patterns of paths, followed name by name from the folder on, so that only folders are gone into that may lead to something. A place is a
/// pattern and how many of its parts the way so far has used up. Pure.
/// </summary>
internal sealed class Globs(IReadOnlyList<string> patterns)
{
    private const string AnyFolders = "**";

    private readonly string[][] _parts = [.. patterns.Select(pattern => pattern.Split('/'))];

    public IReadOnlyList<(int Pattern, int Part)> Start => WithSkipped(Enumerable.Range(0, _parts.Length).Select(pattern => (pattern, 0)));

    /// <summary>Where the way leads on by this name; nowhere where it is empty.</summary>
    public IReadOnlyList<(int Pattern, int Part)> Step(IReadOnlyList<(int Pattern, int Part)> places, string name) => WithSkipped(
        from place in places
        where place.Part < _parts[place.Pattern].Length
        let part = _parts[place.Pattern][place.Part]
        where part is AnyFolders || FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false)
        select part is AnyFolders ? place : (place.Pattern, place.Part + 1));

    /// <summary>The patterns that name a file whose path has led here.</summary>
    public IEnumerable<int> Ends(IReadOnlyList<(int Pattern, int Part)> places) => places.Where(place => place.Part == _parts[place.Pattern].Length).Select(place => place.Pattern);

    /// <summary>Any number of folders may be none.</summary>
    private (int Pattern, int Part)[] WithSkipped(IEnumerable<(int Pattern, int Part)> places) =>
    [
        .. places.SelectMany(place => Enumerable.Range(place.Part, _parts[place.Pattern].Skip(place.Part).TakeWhile(part => part is AnyFolders).Count() + 1)
            .Select(part => (place.Pattern, part))).Distinct(),
    ];
}

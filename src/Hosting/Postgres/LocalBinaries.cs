using System.Globalization;
using System.Text.RegularExpressions;

namespace Agents.Hosting.Engine;

/// <summary>The programs of one PostgreSQL: <c>initdb</c> and <c>postgres</c> in a folder.</summary>
internal sealed record PostgresBinaries(string Folder, int Major)
{
    public string InitDb => Path.Combine(Folder, OperatingSystem.IsWindows() ? "initdb.exe" : "initdb");
    public string Postgres => Path.Combine(Folder, OperatingSystem.IsWindows() ? "postgres.exe" : "postgres");
}

/// <summary>A PostgreSQL that the machine has already.</summary>
internal static partial class LocalBinaries
{
    public const int OldestMajor = 14;

    /// <param name="major">The one that wrote the data, where there is some; else the newest is taken.</param>
    public static PostgresBinaries? Find(int? major) => Choose(OfDebian().Concat(OfPath()), major);

    public static PostgresBinaries? Choose(IEnumerable<PostgresBinaries> found, int? major) =>
        found.Where(b => b.Major >= OldestMajor && (major is null || b.Major == major))
            .Where(b => File.Exists(b.InitDb) && File.Exists(b.Postgres))
            .MaxBy(b => b.Major);

    private static IEnumerable<PostgresBinaries> OfDebian()
    {
        const string Root = "/usr/lib/postgresql";
        return Directory.Exists(Root)
            ? from folder in Directory.GetDirectories(Root)
              where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
              select new PostgresBinaries(Path.Combine(folder, "bin"), int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
            : [];
    }

    private static IEnumerable<PostgresBinaries> OfPath()
    {
        if (Executables.Find("initdb") is not { } initdb)
        {
            yield break;
        }

        // Homebrew and others put links on the PATH; what belongs together lies behind them.
        var folder = Path.GetDirectoryName(File.ResolveLinkTarget(initdb, returnFinalTarget: true)?.FullName ?? initdb)!;
        if (MajorOf(folder) is { } major)
        {
            yield return new PostgresBinaries(folder, major);
        }
    }

    /// <summary>Read from the version header or the folder's name: starting the program just to ask it costs time at every start.</summary>
    private static int? MajorOf(string folder)
    {
        var share = Path.Combine(folder, "..", "share");
        var conversion = Directory.Exists(share)
            ? Directory.EnumerateFiles(share, "postgres.bki", SearchOption.AllDirectories).FirstOrDefault()
            : null;
        var line = conversion is null ? null : File.ReadLines(conversion).FirstOrDefault();
        return line is not null && BkiVersion().Match(line) is { Success: true } match
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(@"^# PostgreSQL (\d+)")]
    private static partial Regex BkiVersion();
}

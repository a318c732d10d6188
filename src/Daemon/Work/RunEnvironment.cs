using Agents.Daemon.Programs;

namespace Agents.Daemon.Work;

/// <summary>All that a task's program has in its environment: what the post names, and what every program needs. Nothing of whoever started the daemon.</summary>
internal static class RunEnvironment
{
    /// <summary>Where the machine is, and whose: as the daemon has them.</summary>
    private static readonly string[] Kept = ["LANG", "LC_ALL", "TZ", "USER", "LOGNAME", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    /// <param name="named">By the post, secrets among them; they come before all else.</param>
    public static Dictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> named, IEnumerable<KeyValuePair<string, string>> ofTheRunner, Func<string, string?> own, string home)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // A service's PATH is short, and the programs that agents are lie elsewhere.
            ["PATH"] = string.Join(Path.PathSeparator, KnownPrograms.Folders(own("PATH"), home)),
            ["HOME"] = home,
            ["LANG"] = "C.UTF-8",
        };
        foreach (var name in Kept)
        {
            if (own(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in ofTheRunner.Concat(named))
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>The file that a command means, as a shell would find it; null where there is none.</summary>
    public static string? Find(string program, string folder, IReadOnlyDictionary<string, string> environment) =>
        program.Contains('/')
            ? KnownPrograms.Find(Path.GetFileName(program), [Path.GetDirectoryName(Path.GetFullPath(program, folder))!])
            : KnownPrograms.Find(program, [.. environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted)]);
}

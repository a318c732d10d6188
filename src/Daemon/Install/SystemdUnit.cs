namespace Agents.Daemon.Install;

/// <summary>The unit as text. Pure.</summary>
/// <param name="Program">The command line's first words: this program, or the runtime and this program.</param>
/// <param name="User">As whom a unit of the system runs; null is a unit of the user.</param>
internal sealed record SystemdUnit(IReadOnlyList<string> Program, string? Config, string? User, IReadOnlyDictionary<string, string> Environment)
{
    public const string Name = "ccc.service";

    public string Text => $"""
        [Unit]
        Description=ccc, this machine's link to Agents
        {(User is null ? "" : "Wants=network-online.target\nAfter=network-online.target\n")}
        [Service]
        ExecStart={string.Join(' ', Command)}
        {string.Concat(Environment.Select(variable => $"Environment={Quoted($"{variable.Key}={variable.Value}")}\n"))}{(User is null ? "" : $"User={User}\n")}Restart=on-failure
        RestartSec=5
        # What goes wrong at each start, like a config.yaml that can't be read, is tried less and less often.
        RestartSteps=10
        RestartMaxDelaySec=300
        # Where starting it again would not help: a wrong command line, not enrolled, or another daemon has its identity.
        RestartPreventExitStatus={ExitCode.Usage} {ExitCode.NotSignedIn} {ExitCode.Replaced}
        TimeoutStopSec=10
        # The limits of tasks are the kernel's where we may make groups below our own.
        Delegate=yes

        [Install]
        WantedBy={(User is null ? "default.target" : "multi-user.target")}

        """;

    private IEnumerable<string> Command =>
        [Quoted(Program[0]), .. Program.Skip(1).Append("daemon").Concat(Config is null ? [] : ["--config", Config]).Select(Argument)];

    // Variables are put into arguments alone, not into the program's own path, nor into another variable.
    private static string Argument(string word) => Quoted(word.Replace("$", "$$", StringComparison.Ordinal));

    // systemd expands %, splits at blanks, and takes quotes of both kinds and backslashes for its own wherever they stand.
    private static string Quoted(string word)
    {
        var escaped = word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return escaped.All(c => char.IsLetterOrDigit(c) || "/._-=%$@:+,~".Contains(c, StringComparison.Ordinal)) ? escaped : $"\"{escaped}\"";
    }
}

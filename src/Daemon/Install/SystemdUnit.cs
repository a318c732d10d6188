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
        Wants=network-online.target
        After=network-online.target

        [Service]
        ExecStart={string.Join(' ', Command.Select(Quoted))}
        {string.Concat(Environment.Select(variable => $"Environment={Quoted($"{variable.Key}={variable.Value}")}\n"))}{(User is null ? "" : $"User={User}\n")}Restart=on-failure
        RestartSec=5
        # It ends by itself only where starting it again would not help: not enrolled, or another daemon has its identity.
        RestartPreventExitStatus=1 2 3
        TimeoutStopSec=10

        [Install]
        WantedBy={(User is null ? "default.target" : "multi-user.target")}

        """;

    private IEnumerable<string> Command => Program.Append("daemon").Concat(Config is null ? [] : ["--config", Config]);

    // systemd expands % and $ and splits at blanks.
    private static string Quoted(string word)
    {
        var escaped = word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return escaped.Any(c => c is ' ' or '"' or '\\' or ';') ? $"\"{escaped}\"" : escaped;
    }
}

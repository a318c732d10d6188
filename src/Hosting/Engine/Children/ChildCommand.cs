namespace Agents.Hosting.Engine;

/// <summary>A program to run as a child of ours.</summary>
internal sealed record ChildCommand(string FileName, params string[] Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>What the program finds beside the inherited environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Given on standard input, which is closed then: secrets stand in no list of processes.</summary>
    public string? Input { get; init; }

    /// <summary>Linux, as root: the user that the program runs as, with nothing of root's left.</summary>
    public ServerUser? RunAs { get; init; }

    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>Linux: what the kernel sends it when this process is gone, however it went.</summary>
    public Signal DeathSignal { get; init; } = Signal.Kill;

    /// <summary>The whole line: on Linux it starts with what ties the child's life to ours and gives it a process group.</summary>
    public IEnumerable<string> ToArguments()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [FileName, .. Arguments];
        }

        string[] user = RunAs is null ? [] : [.. RunAs.ToArguments(), "--reset-env"];
        return ["setpriv", "--pdeathsig", NameOf(DeathSignal), .. user, "--", "setsid", FileName, .. Arguments];
    }

    private static string NameOf(Signal signal) => signal switch { Signal.Interrupt => "INT", Signal.Kill => "KILL", _ => "TERM" };
}

internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15
}

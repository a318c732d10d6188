namespace Agents.Daemon.State;

/// <summary>Where this user's <c>ccc</c> keeps things: what a person edits, and what it remembers itself.</summary>
internal sealed record Folders(string Config, string State)
{
    public string ConfigFile => Path.Combine(Config, "config.yaml");

    public string SessionFile => Path.Combine(Config, "session.json");

    public string KeyFile => Path.Combine(State, "key.pem");

    public string EnrolmentFile => Path.Combine(State, "device.json");

    public string ToldFile => Path.Combine(State, "told.json");

    public string StatusFile => Path.Combine(State, "status.json");

    /// <summary>What each of this device's agents is, a file for each.</summary>
    public string AgentsFolder => Path.Combine(State, "agents");

    /// <summary>A working folder for each task that runs, and goes when it ends.</summary>
    public string WorkFolder => Path.Combine(State, "work");

    /// <summary>A clone of each repository that posts name.</summary>
    public string ReposFolder => Path.Combine(State, "repos");

    /// <summary>What runs just now, a file for each: for the daemon that comes after one that was killed.</summary>
    public string RunsFolder => Path.Combine(State, "runs");

    /// <summary>Results that the server has not acknowledged yet, a file for each.</summary>
    public string SpoolFolder => Path.Combine(State, "spool");

    /// <summary>Figures, and what tasks said while they worked, that wait for a connection.</summary>
    public string BacklogFile => Path.Combine(State, "backlog");

    /// <summary>Files of tasks that wait until they are stored, a folder for each attempt.</summary>
    public string OutgoingFolder => Path.Combine(State, "outgoing");

    /// <summary>What was brought of tasks that were begun elsewhere, until their programs have it.</summary>
    public string IncomingFolder => Path.Combine(State, "incoming");

    /// <summary>Conversations that are of no more use, a line for each.</summary>
    public string SpentSessionsFile => Path.Combine(State, "spent-sessions");

    public string PidFile => Path.Combine(State, "daemon.pid");

    public string LockFile => Path.Combine(State, "daemon.lock");

    public static Folders OfThisUser()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new(
            Path.Combine(FromEnvironment("XDG_CONFIG_HOME") ?? Path.Combine(home, ".config"), "ccc"),
            Path.Combine(FromEnvironment("XDG_STATE_HOME") ?? Path.Combine(home, ".local", "state"), "ccc"));
    }

    // A relative path is invalid by the XDG specification, and would mean another folder in each working folder.
    private static string? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } path && Path.IsPathRooted(path) ? path : null;
}

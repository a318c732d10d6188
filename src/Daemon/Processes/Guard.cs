using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Agents.Daemon.Programs;
using Microsoft.Extensions.Logging;

namespace Agents.Daemon.Processes;

/// <summary>The daemon's end of the guard: started with the first task, told of each, and started anew where it has died.</summary>
internal sealed partial class Guard(ILogger log) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, GuardedRun> _runs = new(StringComparer.Ordinal);
    private Process? _process;

    /// <summary>Before it begins.</summary>
    public void Watch(RunTree tree)
    {
        var run = new GuardedRun(tree.Root.Mark, tree.Root.Leader, tree.Root.Start, tree.Cgroup?.Folders ?? []);
        lock (_lock)
        {
            _runs[run.Mark] = run;
            if (!Tell(run))
            {
                Begin();
            }
        }
    }

    /// <summary>Nothing of it is left.</summary>
    public void Over(RunTree tree)
    {
        lock (_lock)
        {
            if (_runs.Remove(tree.Root.Mark, out var run))
            {
                Tell(run with { IsOver = true });
            }
        }
    }

    /// <summary>It ends what is left, if anything is, and itself.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            Close();
        }
    }

    private void Close()
    {
        try
        {
            _process?.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has died with a line unread.
        }

        _process?.Dispose();
        _process = null;
    }

    private void Begin()
    {
        Close();
        try
        {
            // A session of its own, so that what is meant for the daemon's terminal does not reach it.
            var session = KnownPrograms.Find("setsid", ["/usr/bin", "/bin", "/usr/local/bin"]);
            string[] command = [.. session is null ? OwnProgram.Command : [session, .. OwnProgram.Command], GuardLoop.Name];
            var start = new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardInput = true,
                // It must not keep open what the daemon writes to.
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            };
            _process = Process.Start(start)!;
            if (!_runs.Values.All(Tell))
            {
                Log.NoGuard(log, "it ended at once");
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            Log.NoGuard(log, e.Message);
        }
    }

    private bool Tell(GuardedRun run)
    {
        if (_process is not { HasExited: false } process)
        {
            return false;
        }

        try
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(run, DaemonJson.Wire.GuardedRun));
            process.StandardInput.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The guard can't be started ({Problem}): were this daemon killed now, its tasks' programs would go on until its next start")]
        public static partial void NoGuard(ILogger log, string problem);
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;

namespace Agents.Daemon.Processes;

/// <summary>
/// <c>ccc guard</c>, which the daemon starts beside itself: it knows what runs, and does nothing but wait for the pipe from the
/// daemon to break. That happens however the daemon ends, and then it ends what still runs.
/// </summary>
internal static class GuardLoop
{
    public const string Name = "guard";

    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(8);

    public static async Task<int> RunAsync(TextReader input, TimeProvider time)
    {
        // Signals that go to the daemon's service or terminal are for the daemon: it tells us when all is over.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
        var runs = new Dictionary<string, GuardedRun>(StringComparer.Ordinal);
        while (await input.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (Read(line) is not { Mark: not null } run)
            {
                continue;
            }

            if (run.IsOver)
            {
                runs.Remove(run.Mark);
            }
            else
            {
                runs[run.Mark] = run;
            }
        }

        var table = new ProcessTable();
        await Task.WhenAll(runs.Values.Select(run => EndAsync(run.Tree(table, time), time)));
        return ExitCode.Ok;
    }

    private static async Task EndAsync(RunTree tree, TimeProvider time)
    {
        await tree.KillAsync(KillLimit);
        if (tree.Cgroup is { } group)
        {
            await group.RemoveAsync(time);
        }
    }

    /// <summary>The last line may be cut off in its middle.</summary>
    private static GuardedRun? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, DaemonJson.Wire.GuardedRun);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

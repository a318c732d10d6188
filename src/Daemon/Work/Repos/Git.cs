using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Agents.Contracts.Scheduler;

namespace Agents.Daemon.Work.Repos;

/// <summary>What git said.</summary>
internal sealed record GitSaid(int ExitCode, string Output, string Error)
{
    public bool IsWell => ExitCode == 0;
}

/// <summary>Runs git for the daemon: it asks nobody for a password, runs no hooks, and is not waited for without end.</summary>
internal sealed class Git(TimeProvider time)
{
    private const int MostOutput = 4 * 1024 * 1024;

    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(2);

    /// <summary>What a task's program has written into the repository is not run by us.</summary>
    private static readonly string[] Always = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "gc.auto=0", "-c", "advice.detachedHead=false"];

    /// <exception cref="WorkFault">There is no git here, or it took too long.</exception>
    public async Task<GitSaid> AskAsync(string folder, TimeSpan limit, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", [.. Always, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var clock = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        using var process = Begin(start);
        try
        {
            process.StandardInput.Close();
            var (output, error) = (ReadAsync(process.StandardOutput, either.Token), ReadAsync(process.StandardError, either.Token));
            await process.WaitForExitAsync(either.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkFault(TaskErrorKind.Failed, $"git {arguments[0]} took longer than {limit.TotalSeconds:0} s.", retryable: true);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit(KillLimit);
            }
        }
    }

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new WorkFault(TaskErrorKind.Failed, $"The post names a repo, and git can't be started on this device: {e.Message}. Install it: apt-get install git");
        }
    }

    /// <summary>All is read, so that it can end, and the beginning kept.</summary>
    private static async Task<string> ReadAsync(StreamReader from, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var piece = new char[16 * 1024];
        for (int read; (read = await from.ReadAsync(piece, cancellationToken)) > 0;)
        {
            text.Append(piece, 0, Math.Min(read, MostOutput - text.Length));
        }

        return text.ToString();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Agents.Daemon.Programs;

/// <summary>Asks a program for its version, and never waits for one that hangs.</summary>
internal static partial class ProgramVersion
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private const int MaxOutput = 16 * 1024;

    /// <summary>Null where the program says none, fails, or does not answer in time.</summary>
    public static async Task<string?> AskAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var start = new ProcessStartInfo(path, ["--version"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                process.StandardInput.Close();
                var (output, error) = (StartOfAsync(process.StandardOutput, either.Token), StartOfAsync(process.StandardError, either.Token));
                await process.WaitForExitAsync(either.Token);
                var said = await output + "\n" + await error;
                return process.ExitCode == 0 ? In(said) : null;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    /// <summary>The first thing that looks like one: "git version 2.47.3" and "v22.1.0" have theirs in different places.</summary>
    public static string? In(string said) => Version().Match(said) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>All is read, so that the program can end, and the beginning kept.</summary>
    private static async Task<string> StartOfAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var kept = new char[MaxOutput];
        var spill = new char[1024];
        var length = 0;
        while (true)
        {
            var room = length < MaxOutput ? kept.AsMemory(length) : spill;
            var read = await reader.ReadAsync(room, cancellationToken);
            if (read == 0)
            {
                return new(kept, 0, length);
            }

            length = Math.Min(length + read, MaxOutput);
        }
    }

    [GeneratedRegex(@"\bv?(\d+\.\d+[0-9A-Za-z.+-]{0,40})")]
    private static partial Regex Version();
}

using System.Diagnostics;

namespace Agents.Hosting.Engine;

/// <summary>A program that does one thing and ends; like every child it does not outlive this process.</summary>
internal static class ShortRun
{
    public static async Task<(int ExitCode, string Output)> RunAsync(
        ChildCommand command, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var line = command.ToArguments().ToArray();
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.WorkingDirectory ?? ""
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = await ChildThread.StartAsync(start);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (-1, $"{command.FileName} did not end within {limit.TotalSeconds:0} s.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

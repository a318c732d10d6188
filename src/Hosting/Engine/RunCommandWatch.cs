using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Agents.Hosting.Engine;

/// <summary>
/// Under <c>dotnet run</c> people see one program, and who kills that one outright means this one as well. Whoever
/// started it otherwise may go: a shell that is left leaves its programs running.
/// </summary>
internal static class RunCommandWatch
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(IHostApplicationLifetime lifetime, IScreen screen, TimeProvider time, CancellationToken stopping)
    {
        if (!OperatingSystem.IsLinux() || !IsRunCommand(ParentId()))
        {
            return;
        }

        var parent = ParentId();
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (ParentId() == parent)
            {
                await timer.WaitForNextTickAsync(stopping);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        screen.Line("dotnet run is gone: stopping");
        lifetime.StopApplication();
    }

    private static bool IsRunCommand(int processId)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{processId}/cmdline").Split('\0');
            return Path.GetFileName(line[0]) == "dotnet" && line.Contains("run");
        }
        catch (IOException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int ParentId();
}

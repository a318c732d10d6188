using System.Diagnostics;

namespace Agents.Hosting.Engine;

/// <summary>A running child, its output on the way into its log.</summary>
internal sealed class ChildProcess
{
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly ChildCommand _command;
    private readonly TimeProvider _time;

    private ChildProcess(Process process, ChildCommand command, RotatingLog log, TimeProvider time)
    {
        _process = process;
        _command = command;
        _time = time;
        Id = process.Id;
        Exited = WatchAsync(log);
    }

    public int Id { get; }

    /// <summary>The exit code, once it and all that it started are gone.</summary>
    public Task<int> Exited { get; }

    public static async Task<ChildProcess> StartAsync(ChildCommand command, RotatingLog log, TimeProvider time)
    {
        var line = command.ToArguments().ToArray();
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.WorkingDirectory ?? ""
        };
        InheritedEnvironment.Apply(start.Environment);
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        var process = await ChildThread.StartAsync(start);
        var child = new ChildProcess(process, command, log, time);
        try
        {
            await process.StandardInput.WriteAsync(command.Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already, and its exit code tells more than a broken pipe.
        }

        return child;
    }

    /// <summary>Asks it to end, and ends it when the limit is over.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        if (Exited.IsCompleted)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else
        {
            Signals.Send(Id, _command.StopSignal);
        }

        if (await Task.WhenAny(Exited, Task.Delay(limit, _time)) != Exited)
        {
            Kill();
            await Exited;
        }
    }

    private void Kill()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
        }
        else
        {
            // Outside Linux a child leads no group, and the signal to the group reaches nobody.
            Signals.SendToGroup(Id, Signal.Kill);
            Signals.Send(Id, Signal.Kill);
        }
    }

    private async Task<int> WatchAsync(RotatingLog log)
    {
        var output = Task.WhenAll(
            PumpAsync(_process.StandardOutput.BaseStream, log), PumpAsync(_process.StandardError.BaseStream, log));
        await _process.WaitForExitAsync();
        var exitCode = _process.ExitCode;
        if (OperatingSystem.IsLinux())
        {
            Signals.SendToGroup(Id, Signal.Kill);
        }

        // Whoever left the group may hold the pipe for ever.
        await Task.WhenAny(output, Task.Delay(OutputLimit, _time));
        _process.Dispose();
        return exitCode;
    }

    /// <summary>No queue stands between: a child that writes faster than the disk takes it waits in its own pipe.</summary>
    private static async Task PumpAsync(Stream output, RotatingLog log)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await output.ReadAsync(buffer)) > 0)
            {
                log.Write(buffer.AsSpan(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe is gone with the child.
        }
    }
}

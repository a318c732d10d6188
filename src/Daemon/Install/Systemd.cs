using System.ComponentModel;
using System.Diagnostics;
using Agents.Daemon.State;

namespace Agents.Daemon.Install;

/// <summary>Puts the unit where systemd looks, and has it started; or tells why that can't be, and leaves nothing behind.</summary>
/// <param name="folder">Where units are, if not where systemd looks for them.</param>
internal sealed class Systemd(bool system, string? folder = null, string control = "systemctl")
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public string UnitPath => Path.Combine(folder ?? (system ? "/etc/systemd/system" : UserFolder), SystemdUnit.Name);

    /// <summary>Null where it can be done here.</summary>
    public string? Obstacle =>
        !OperatingSystem.IsLinux() ? "systemd is Linux's; start 'ccc daemon' with this system's own means."
        : !Directory.Exists("/run/systemd/system") ? "systemd does not run on this machine."
        : system && !Environment.IsPrivilegedProcess ? "A service of the system takes root: run it with sudo, or leave --system out."
        : !system && Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is null ? "There is no user session of systemd here (XDG_RUNTIME_DIR is not set): sign in by ssh or at the console, or use --system."
        : null;

    public SystemdUnit Unit(Folders folders, string? config)
    {
        var program = Environment.ProcessPath ?? "ccc";
        // Run by the runtime from a build folder, the program is the first argument of the process.
        IReadOnlyList<string> words = Path.GetFileNameWithoutExtension(program) is "dotnet" ? [program, Path.GetFullPath(Environment.GetCommandLineArgs()[0])] : [program];
        var environment = new Dictionary<string, string>
        {
            // A service's environment is not the shell's: it must find the same folders.
            ["XDG_CONFIG_HOME"] = Path.GetDirectoryName(folders.Config)!,
            ["XDG_STATE_HOME"] = Path.GetDirectoryName(folders.State)!,
        };
        return new(words, config is null ? null : Path.GetFullPath(config), system ? Environment.UserName : null, environment);
    }

    public async Task InstallAsync(SystemdUnit unit, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(UnitPath)!);
        var former = File.Exists(UnitPath) ? await File.ReadAllTextAsync(UnitPath, cancellationToken) : null;
        await File.WriteAllTextAsync(UnitPath, unit.Text, cancellationToken);
        try
        {
            await ControlAsync(time, cancellationToken, "daemon-reload");
            await ControlAsync(time, cancellationToken, "enable", "--now", SystemdUnit.Name);
        }
        catch
        {
            await PutBackAsync(former, time);
            throw;
        }
    }

    /// <summary>A unit that could not be started must not start by itself some other day. Also where it was told to stop.</summary>
    private async Task PutBackAsync(string? former, TimeProvider time)
    {
        if (former is null)
        {
            // While the unit is there: what it is enabled by goes with it.
            await TryControlAsync(time, "disable", "--now", SystemdUnit.Name);
            File.Delete(UnitPath);
        }
        else
        {
            await File.WriteAllTextAsync(UnitPath, former, CancellationToken.None);
        }

        await TryControlAsync(time, "daemon-reload");
    }

    /// <summary>What went wrong before is what is told.</summary>
    private async Task TryControlAsync(TimeProvider time, params string[] arguments)
    {
        try
        {
            await ControlAsync(time, CancellationToken.None, arguments);
        }
        catch (Failure)
        {
        }
    }

    /// <summary>False where there was none.</summary>
    public async Task<bool> UninstallAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(UnitPath))
        {
            return false;
        }

        await ControlAsync(time, cancellationToken, "disable", "--now", SystemdUnit.Name);
        File.Delete(UnitPath);
        await ControlAsync(time, cancellationToken, "daemon-reload");
        return true;
    }

    private static string UserFolder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "systemd", "user");

    private async Task ControlAsync(TimeProvider time, CancellationToken cancellationToken, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var line = system ? arguments : ["--user", .. arguments];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(control, line) { RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            if (process.ExitCode != 0)
            {
                throw new Failure(ExitCode.Failed, $"'systemctl {string.Join(' ', line)}' failed: {error.Trim().ReplaceLineEndings(" ")}.");
            }
        }
        catch (Win32Exception e)
        {
            throw new Failure(ExitCode.Failed, $"systemctl can't be run: {e.Message}.", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Failure(ExitCode.Failed, $"'systemctl {string.Join(' ', line)}' did not end within {Limit.TotalSeconds:0} s.", e);
        }
    }
}

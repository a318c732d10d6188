using System.Globalization;

namespace Agents.Daemon.State;

/// <summary>One daemon per state folder. The system lets go of it however the process ends, also by kill -9.</summary>
internal sealed class DaemonLock : IDisposable
{
    private readonly FileStream _file;

    private DaemonLock(FileStream file) => _file = file;

    /// <summary>Null where another daemon has it.</summary>
    public static DaemonLock? Take(Folders folders)
    {
        if (PrivateFile.Lock(folders.LockFile) is not { } file)
        {
            return null;
        }

        // Beside it, as what is locked can't be read.
        PrivateFile.Write(folders.PidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        return new(file);
    }

    /// <summary>The process id of the daemon that has it; null where none runs.</summary>
    public static int? Holder(Folders folders)
    {
        if (!File.Exists(folders.LockFile))
        {
            return null;
        }

        try
        {
            // Shared, so that two who look don't see each other; a daemon that starts at this very moment tries again.
            using var free = new FileStream(folders.LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return null;
        }
        catch (IOException)
        {
            return int.TryParse(PrivateFile.Read(folders.PidFile), CultureInfo.InvariantCulture, out var pid) ? pid : 0;
        }
    }

    public void Dispose() => _file.Dispose();
}

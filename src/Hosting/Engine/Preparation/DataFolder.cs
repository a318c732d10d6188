namespace Agents.Hosting.Engine;

/// <summary>The data folder, held by one application at a time.</summary>
internal sealed class DataFolder(EngineOptions options) : IDisposable
{
    private FileStream? _lock;

    public string Root => options.DataPath;

    /// <summary>It goes at the end, and so must everything that belongs to it.</summary>
    public bool IsTemporary => options.RemoveData;

    /// <summary>Folders elsewhere that belong to it and go with it.</summary>
    public List<string> Annexes { get; } = [];

    public string LogPath(string name) => Path.Combine(Root, "logs", name + ".log");

    public void Take()
    {
        try
        {
            Directory.CreateDirectory(Root);
            if (!OperatingSystem.IsWindows() && !Directory.EnumerateFileSystemEntries(Root).Any())
            {
                // Others may pass through to what is made for them, and list nothing.
                File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }

            OwnerOnly.CreateFolder(Path.Combine(Root, "logs"));
            // The system lets go of the lock when this process ends, however it ends.
            _lock = new FileStream(Path.Combine(Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Path.Combine(Root, "pid"), System.Environment.ProcessId.ToString());
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DistributedApplicationException($"The data folder {Root} cannot be written: {e.Message} Choose another with --data.", e);
        }
        catch (IOException e)
        {
            throw new DistributedApplicationException(File.Exists(Path.Combine(Root, "lock"))
                ? $"The data folder {Root} is in use by process {Holder()}. Stop that one, or choose another folder with --data."
                : $"The data folder {Root} cannot be used: {e.Message} Choose another with --data.", e);
        }
    }

    public void Dispose()
    {
        if (_lock is null)
        {
            return;
        }

        if (options.RemoveData)
        {
            foreach (var folder in Annexes.Append(Root).Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        else
        {
            File.Delete(Path.Combine(Root, "pid"));
        }

        _lock.Dispose();
    }

    private string Holder()
    {
        try
        {
            return File.ReadAllText(Path.Combine(Root, "pid")).Trim();
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}

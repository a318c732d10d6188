using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Agents.Daemon.Processes;

namespace Agents.Daemon.State;

/// <summary>Files that nobody but their owner may read, and that are whole at every moment: the old text or the new one.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>What is being written, and is nothing yet.</summary>
    public const string Unfinished = ".new";

    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>When it returns it is on disk, and stays there whatever happens to the machine.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        MakeFolder(folder);
        var temporary = $"{path}.{Environment.ProcessId}{Unfinished}";
        try
        {
            File.Delete(temporary);
            using (var file = Open(temporary, FileMode.CreateNew))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            Native.SyncFolder(folder);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) => Write(path, JsonSerializer.Serialize(value, type) + "\n");

    /// <summary>Null where there is none.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Null where there is none; one that can't be understood is a failure that names it.</summary>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Read(path) is { } text ? JsonSerializer.Deserialize(text, type) : null;
        }
        catch (JsonException e)
        {
            throw new Failure(ExitCode.Failed, $"{path} is damaged and can't be read; remove it and sign in or enrol again.", e);
        }
    }

    /// <summary>Held by one process alone until it is disposed of, or the process ends, however it does. Null where another has it.</summary>
    public static FileStream? Lock(string path)
    {
        MakeFolder(Path.GetDirectoryName(path)!);
        try
        {
            return Open(path, FileMode.OpenOrCreate);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            // Private from its first moment on, not made so later.
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}

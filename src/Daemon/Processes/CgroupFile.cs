using System.Text;

namespace Agents.Daemon.Processes;

/// <summary>Files of the kernel's groups: each word is one write, and a refused one fails.</summary>
internal static class CgroupFile
{
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Write(string folder, string file, string text)
    {
        // They are there or they aren't: nothing may be made here.
        using var stream = new FileStream(Path.Combine(folder, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(Encoding.ASCII.GetBytes(text));
    }

    public static bool TryWrite(string folder, string file, string text)
    {
        try
        {
            Write(folder, file, text);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>By trying, since neither modes nor mounts tell it for certain.</summary>
    public static bool CanMakeFolders(string parent)
    {
        var probe = Path.Combine(parent, $"ccc-probe-{Environment.ProcessId}");
        try
        {
            if (!Directory.Exists(parent))
            {
                return false;
            }

            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

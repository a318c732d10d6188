namespace Agents.Daemon.Machine;

/// <summary>Linux tells about itself in files under /proc and /sys. What is not there, or may not be read, is null.</summary>
/// <param name="root">Another one in tests.</param>
internal sealed class MachineFiles(string root = "/")
{
    public string? Text(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IReadOnlyList<string> Lines(string path) => Text(path)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public long? Number(string path) =>
        long.TryParse(Text(path)?.Trim(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The names in a folder.</summary>
    public IReadOnlyList<string> Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Path.Combine(root, folder)).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}

using Agents.Hosting.Engine;

namespace Agents.Hosting;

/// <summary>A generated secret in a file of the data folder that only its owner may read.</summary>
internal static class KeptSecret
{
    public static string ReadOrCreate(string folder, string name, Func<string> generate)
    {
        var path = Path.Combine(folder, name);
        if (Read(path) is { } kept)
        {
            return kept;
        }

        var value = generate();
        Directory.CreateDirectory(folder);
        var draft = path + ".new";
        using (var stream = OwnerOnly.CreateFile(draft))
        using (var writer = new StreamWriter(stream))
        {
            writer.WriteLine(value);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        // Renamed when it is whole: a crash must not leave half a key that is taken for the real one.
        File.Move(draft, path, overwrite: true);
        return value;
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } value ? value : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

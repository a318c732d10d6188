using System.Diagnostics;
using System.Globalization;

namespace Agents.Hosting.Engine;

/// <summary>
/// The file in which a server says that it has the data. It is never removed here: it also names the shared memory by
/// which the next server sees that parts of a killed one are still writing.
/// </summary>
internal static class PostmasterFile
{
    public static int? ReadProcessId(string data)
    {
        try
        {
            return int.Parse(File.ReadLines(PathIn(data)).First(), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The program of that process, null where there is no such process.</summary>
    public static string? NameOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// The server is long gone and its number went to another program, before which the next server would stop. Its parent's
    /// number it takes for stale.
    /// </summary>
    public static void Disown(string data)
    {
        var lines = File.ReadAllLines(PathIn(data));
        lines[0] = System.Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        File.WriteAllLines(PathIn(data), lines);
    }

    private static string PathIn(string data) => Path.Combine(data, "postmaster.pid");
}

using System.Text.RegularExpressions;
using Agents.Contracts.Realtime;

namespace Agents.Daemon.Machine;

/// <summary>Bytes of each real file system: what lives in memory, or is a view of the kernel, is none.</summary>
internal sealed partial class DiskGauge(MachineFiles files) : IGauge
{
    // A network file system whose server is gone would hold the reading up for ever, so those are left out as well.
    private static readonly HashSet<string> Real = new(StringComparer.Ordinal)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "jfs", "reiserfs", "vfat", "exfat", "ntfs", "ntfs3",
    };

    public IEnumerable<MetricValue> Read()
    {
        foreach (var mount in OperatingSystem.IsLinux() ? Mounts(files.Lines("proc/self/mounts")) : Portable())
        {
            if (Space(mount) is { Total: > 0 } space)
            {
                yield return Points.Of("disk.total", space.Total, "mount", mount);
                yield return Points.Of("disk.used", space.Total - space.Free, "mount", mount);
            }
        }
    }

    /// <summary>One for each device: the shortest path, not its bind mounts. An overlay counts as the root alone: others are containers'.</summary>
    public static IReadOnlyList<string> Mounts(IReadOnlyList<string> mounts) =>
        [.. mounts.Select(Points.Words)
            .Where(words => words.Count > 2 && (Real.Contains(words[2]) || words is [_, "/", "overlay", ..]))
            .GroupBy(words => words[0], words => Unescaped(words[1]))
            .Select(device => device.MinBy(path => path.Length)!)];

    private static IEnumerable<string> Portable() => DriveInfo.GetDrives().Where(drive => drive.DriveType is DriveType.Fixed && drive.IsReady).Select(drive => drive.Name);

    private static (double Total, double Free)? Space(string mount)
    {
        try
        {
            var drive = new DriveInfo(mount);
            return (drive.TotalSize, drive.TotalFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // A blank in a path is \040 there.
    private static string Unescaped(string path) => Octal().Replace(path, match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString());

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex Octal();
}

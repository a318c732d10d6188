using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Agents.Daemon.Processes;

/// <summary>By their numbers on Linux.</summary>
internal enum Signal
{
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

/// <summary>What the system can do and .NET has no words for.</summary>
internal static partial class Native
{
    private const int UserProcesses = 6;
    private const int ReadOnlyClosedOnExec = 0x80000;
    private const int NotBlocking = 0x800;

    // Of statx(2), which looks the same on every kind of machine.
    private const int HereFolder = -100;
    private const int NoFollow = 0x100;
    private const uint StatType = 1;
    private const int StatLength = 256;
    private const int StatModeAt = 28;
    private const int TypeMask = 0xF000;
    private const int PlainFile = 0x8000;

    /// <summary>False where there is no such process, or it is another user's.</summary>
    public static bool Send(int process, Signal signal) => process > 1 && Kill(process, (int)signal) == 0;

    /// <summary>To all of a process group in one step: none of it can start another meanwhile.</summary>
    public static bool SendToGroup(int group, Signal signal) => group > 1 && Kill(-group, (int)signal) == 0;

    /// <summary>That a file has been renamed is on disk only when its folder is.</summary>
    public static void SyncFolder(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var folder = Open(path, ReadOnlyClosedOnExec);
        if (folder >= 0)
        {
            // Some file systems can't, and then need not.
            _ = Sync(folder);
            _ = Close(folder);
        }
    }

    /// <summary>Neither a link nor a pipe nor a device, which to open may mean to wait for ever. Where it can't be asked, no.</summary>
    public static bool IsPlainFile(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path);
        }

        var stat = new byte[StatLength];
        return Stat(HereFolder, path, NoFollow, StatType, stat) == 0 && (BitConverter.ToUInt16(stat, StatModeAt) & TypeMask) == PlainFile;
    }

    /// <summary>Null where it can't be. A pipe is opened at once, whether or not anybody writes to it.</summary>
    public static SafeFileHandle? OpenForReading(string path) =>
        Open(path, ReadOnlyClosedOnExec | NotBlocking) is >= 0 and var file ? new SafeFileHandle(file, ownsHandle: true) : null;

    /// <summary>Holds for what it starts as well.</summary>
    public static void LimitProcessors(int process, IEnumerable<int> processors)
    {
        var mask = new byte[128];
        foreach (var processor in processors.Where(number => number < mask.Length * 8))
        {
            mask[processor / 8] |= (byte)(1 << (processor % 8));
        }

        _ = SetAffinity(process, (nuint)mask.Length, mask);
    }

    /// <summary>
    /// No more may be started by this one and what it starts once the whole user has so many. Nothing stops an administrator.
    /// </summary>
    public static void LimitUserProcesses(int process, ulong most) => _ = SetLimit(process, UserProcesses, new Limits(most, most), 0);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint mask, byte[] stat);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int process, nuint length, byte[] mask);

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int process, int resource, in Limits limits, nint former);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limits(ulong soft, ulong hard)
    {
        public readonly ulong Soft = soft;
        public readonly ulong Hard = hard;
    }
}

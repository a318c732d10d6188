using System.Runtime.InteropServices;

namespace Agents.Hosting.Engine;

internal static class Signals
{
    public static void Send(int processId, Signal signal) => Kill(processId, (int)signal);

    /// <summary>To the child and everything it started: a child leads a process group of its own.</summary>
    public static void SendToGroup(int processId, Signal signal) => Kill(-processId, (int)signal);

    public static bool IsAlive(int processId) => Kill(processId, 0) == 0 || Marshal.GetLastPInvokeError() != NoSuchProcess;

    private const int NoSuchProcess = 3;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);
}

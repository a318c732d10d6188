using System.Collections.Concurrent;
using System.Diagnostics;

namespace Agents.Hosting.Engine;

/// <summary>
/// Starts every child. Linux ties "the parent is gone" to the thread that started a child, not to its process: a thread
/// of the pool that is let go would take its children with it. This one stays as long as the process.
/// </summary>
internal static class ChildThread
{
    private static readonly BlockingCollection<Action> Starts = new(boundedCapacity: 64);

    static ChildThread() => new Thread(StartThem) { IsBackground = true, Name = "children" }.Start();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static void StartThem()
    {
        foreach (var start in Starts.GetConsumingEnumerable())
        {
            start();
        }
    }
}

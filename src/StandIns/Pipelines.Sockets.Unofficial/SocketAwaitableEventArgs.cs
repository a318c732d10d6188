using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A socket operation that can be awaited, and given up from outside.</summary>
public class SocketAwaitableEventArgs(PipeScheduler? ioScheduler = null) : SocketAsyncEventArgs, ICriticalNotifyCompletion
{
    private static readonly Action Done = static () => { };

    private readonly PipeScheduler _scheduler = ioScheduler ?? PipeScheduler.Inline;
    private Action? _continuation;
    private int _abortedWith;

    public bool IsCompleted => ReferenceEquals(Volatile.Read(ref _continuation), Done);

    public SocketAwaitableEventArgs GetAwaiter() => this;

    /// <summary>The number of bytes that went over; after it the same object serves the next operation.</summary>
    public int GetResult()
    {
        Volatile.Write(ref _continuation, null);

        var error = Volatile.Read(ref _abortedWith) is var aborted && aborted != 0 ? (SocketError)aborted : SocketError;
        return error is SocketError.Success ? BytesTransferred : throw new SocketException((int)error);
    }

    /// <summary>Ends the waiting with an error. The operation itself may still be under way.</summary>
    public void Abort(SocketError error = SocketError.OperationAborted)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)error, (int)SocketError.Success, nameof(error));

        Volatile.Write(ref _abortedWith, (int)error);
        Complete();
    }

    /// <summary>For an operation that was over before it could be awaited.</summary>
    public void Complete()
    {
        if (Interlocked.Exchange(ref _continuation, Done) is { } waiting && !ReferenceEquals(waiting, Done))
        {
            Run(_scheduler, waiting);
        }
    }

    public void OnCompleted(Action continuation)
    {
        if (Interlocked.CompareExchange(ref _continuation, continuation, null) is not null)
        {
            // It ended between the question and the answer; not inline, or a chain of these would pile up on one stack.
            Run(ReferenceEquals(_scheduler, PipeScheduler.Inline) ? PipeScheduler.ThreadPool : _scheduler, continuation);
        }
    }

    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

    protected override void OnCompleted(SocketAsyncEventArgs e) => Complete();

    private static void Run(PipeScheduler scheduler, Action action) =>
        scheduler.Schedule(static state => ((Action)state!).Invoke(), action);
}

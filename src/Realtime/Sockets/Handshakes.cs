using Agents.Contracts;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Sockets;

/// <summary>
/// How many are looked at at once: when all devices come back after a restart they stand in a line here and do not fall
/// over Registry together.
/// </summary>
internal sealed class Handshakes(TimeProvider time)
{
    private const int AtOnce = 32;
    private const int MaxWaiting = 20_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _turns = new(AtOnce);
    private int _waiting;

    public async Task<Peer> DoAsync(Func<CancellationToken, Task<Peer>> admit, CancellationToken aborted)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new RefusedException(new(ErrorCode.Unavailable, "Too many come at once. Try again soon."));
        }

        try
        {
            await _turns.WaitAsync(either.Token);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await admit(either.Token);
        }
        finally
        {
            _turns.Release();
        }
    }
}

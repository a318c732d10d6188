namespace Agents.Realtime.Hub;

/// <summary>The wire below a connection. One thing is sent at a time.</summary>
internal interface ILink
{
    ValueTask SendAsync(ReadOnlyMemory<byte> frame);

    /// <param name="code">One of <see cref="Contracts.Realtime.CloseCode"/>, or RFC 6455's.</param>
    ValueTask CloseAsync(int code, string reason);

    /// <summary>The other end can be asked what it has received, and answers by itself, whatever runs there.</summary>
    bool CanAsk => false;

    /// <summary>Asks; nothing else is being sent. The number comes back by <see cref="Answered"/> once all that was sent before it is there.</summary>
    ValueTask AskAsync(long number) => ValueTask.CompletedTask;

    /// <summary>Set once, before anything is sent.</summary>
    Action<long>? Answered
    {
        set
        {
            // A wire that can't be asked has no answers.
        }
    }

    /// <summary>Whoever reads has met its end already. Its last words may still be on their way, which an <see cref="Abort"/> would overtake.</summary>
    bool HasEnded => false;

    /// <summary>Ends it at once; whatever is being sent or read fails.</summary>
    void Abort();
}

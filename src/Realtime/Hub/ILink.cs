namespace Agents.Realtime.Hub;

/// <summary>The wire below a connection. One thing is sent at a time.</summary>
internal interface ILink
{
    ValueTask SendAsync(ReadOnlyMemory<byte> frame);

    /// <param name="code">One of <see cref="Contracts.Realtime.CloseCode"/>, or RFC 6455's.</param>
    ValueTask CloseAsync(int code, string reason);

    /// <summary>Whoever reads has met its end already. Its last words may still be on their way, which an <see cref="Abort"/> would overtake.</summary>
    bool HasEnded => false;

    /// <summary>Ends it at once; whatever is being sent or read fails.</summary>
    void Abort();
}

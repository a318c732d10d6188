using Agents.ServiceDefaults.Devices;

namespace Agents.Realtime.Hub;

/// <summary>A codec at the edge: frames on its side, the hub's messages on ours.</summary>
internal interface IDialect
{
    /// <summary>The frame for a message, or null where the dialect has none for it.</summary>
    byte[]? Encode(object message);

    /// <summary>What somebody says in a group comes back to him as it does to the others. A naive agent would answer itself.</summary>
    bool EchoesOwn => true;

    /// <summary>It has words for groups.</summary>
    bool KnowsGroups => true;

    /// <exception cref="BadFrameException">So wrong that the connection can't go on.</exception>
    Received Decode(ReadOnlySpan<byte> frame);

    /// <summary>It has words for what was read. Where there are none, what has arrived counts.</summary>
    bool Acknowledges => true;

    /// <summary>There is a word for the new state of one agent. Where there is none, those that changed come as a list.</summary>
    bool TellsStatuses => true;
}

/// <param name="Id">What an answer refers to.</param>
/// <param name="Message">A message of <see cref="Router"/>'s, or a <see cref="Fault"/>.</param>
/// <param name="Signed">What a signature is held against, where the dialect has them.</param>
internal readonly record struct Received(string? Id, object Message, MessageSignature? Signed = null);

/// <summary>A frame that could be read and is wrong: it is answered with an error, and the connection stays.</summary>
internal sealed record Fault(Contracts.ErrorCode Code, string Text);

/// <summary>The frame is none of this dialect; the connection ends with this code.</summary>
internal sealed class BadFrameException(int closeCode, string message) : Exception(message)
{
    public int CloseCode => closeCode;
}

using System.Collections.Frozen;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Dialects;
using Agents.Realtime.Signatures;
using Refit;

namespace Agents.Realtime.Hub;

/// <summary>Does what a message of this type asks for. Called in the order of a connection's frames, so it has to be quick.</summary>
internal interface IHandler<in TMessage>
{
    /// <summary>Null where it is done, else what was wrong.</summary>
    ValueTask<Fault?> HandleAsync(Connection from, TMessage message, CancellationToken cancellationToken);
}

/// <summary>One that answers the frame itself, by its id.</summary>
internal interface IAnsweringHandler<in TMessage>
{
    ValueTask<Fault?> HandleAsync(Connection from, TMessage message, string? id, CancellationToken cancellationToken);
}

/// <summary>One that keeps what was signed.</summary>
internal interface IKeepingHandler<in TMessage>
{
    ValueTask<Fault?> HandleAsync(Connection from, TMessage message, string? id, EntrySignature? signature, CancellationToken cancellationToken);
}

/// <summary>A message that comes in, and who handles it.</summary>
/// <param name="Name">In the envelope; null where that has no word for it.</param>
internal sealed record MessageRoute(string? Name, Type Message, Func<Connection, Received, CancellationToken, ValueTask<Fault?>> Handle);

/// <summary>Brings each message to its handler and what was wrong back to the sender. It knows no dialect.</summary>
internal sealed class Router(IEnumerable<MessageRoute> routes, SignatureCheck signatures)
{
    private static readonly TimeSpan HandlerLimit = TimeSpan.FromSeconds(30);

    private readonly FrozenDictionary<Type, MessageRoute> _routes = routes.ToFrozenDictionary(route => route.Message);

    /// <returns>What was wrong, which the sender has been told where its dialect has a word for that.</returns>
    public async ValueTask<Fault?> HandleAsync(Connection from, Received received, CancellationToken cancellationToken)
    {
        from.Heard();
        var fault = await TryAsync(from, received, cancellationToken);
        if (fault is not null)
        {
            from.Send(new ErrorPayload((int)fault.Code, fault.Text, received.Id));
        }

        return fault;
    }

    private async ValueTask<Fault?> TryAsync(Connection from, Received received, CancellationToken cancellationToken)
    {
        if (received.Message is Fault wrong)
        {
            from.Tell(FaultKind.WrongMessage, wrong.Text);
            return wrong;
        }

        if (from.Peer is NewcomerPeer && received.Message is not (RegisterFlat or HeartbeatIn))
        {
            return new(ErrorCode.NotSignedIn, "Register first: nobody knows which agent this is.");
        }

        try
        {
            if (received.Signed is { } signed && await signatures.FaultAsync(Signing.Of(from, received.Message), signed, cancellationToken) is { } unsigned)
            {
                from.Tell(FaultKind.BadSignature, unsigned.Text);
                return unsigned;
            }

            var handling = _routes[received.Message.GetType()].Handle(from, received, cancellationToken);
            // Most are done already, and need no clock.
            return handling.IsCompleted ? await handling : await handling.AsTask().WaitAsync(HandlerLimit, cancellationToken);
        }
        catch (Exception e)
        {
            from.Tell(FaultKind.HandlerFailed, e.ToString());
            return e is ApiException or HttpRequestException or OperationCanceledException or TimeoutException or System.Data.Common.DbException
                ? new(ErrorCode.Unavailable, "A part is down for the moment. Send it again soon.")
                : new(ErrorCode.Failed, "It could not be done, and that is our fault.");
        }
    }
}

using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Groups.Delivery;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;

namespace Agents.Realtime.Groups.Frames;

internal sealed class GroupJoinHandler(Memberships memberships, Seats seats, Roster roster) : IAnsweringHandler<GroupJoin>
{
    public async ValueTask<Fault?> HandleAsync(Connection from, GroupJoin message, string? id, CancellationToken cancellationToken)
    {
        if (seats.Of(from) is not { } seat)
        {
            return new(ErrorCode.NotAllowed, "Groups are not shown on this connection.");
        }

        if (from.Peer is PersonPeer)
        {
            if (!seat.Ask(message.GroupId, new(id, message.After)))
            {
                return new(ErrorCode.TooMany, "So many groups at once are too many: leave some first.");
            }
        }
        else
        {
            var (speaker, fault) = Speaker.Of(from, message.AgentId, roster);
            fault ??= await memberships.JoinAsync(message.GroupId, speaker!.Key, speaker.Name, mayMake: true, cancellationToken);
            if (fault is not null)
            {
                return fault;
            }

            seat.Ask(message.GroupId, new(id, AgentId: MemberKey.Split(speaker!.Key).Id));
        }

        seats.Look(seat);
        return null;
    }
}

internal sealed class GroupLeaveHandler(Memberships memberships, Seats seats, Roster roster) : IHandler<GroupLeave>
{
    public async ValueTask<Fault?> HandleAsync(Connection from, GroupLeave message, CancellationToken cancellationToken)
    {
        if (from.Peer is PersonPeer)
        {
            if (seats.Of(from) is { } seat)
            {
                seat.Unask(message.GroupId);
                seats.Look(seat);
            }

            return null;
        }

        var (speaker, fault) = Speaker.Of(from, message.AgentId, roster);
        return fault
            ?? (await memberships.LeaveAsync(message.GroupId, speaker!.Key, cancellationToken) ? null : new(ErrorCode.NotFound, "It is no member of that group."));
    }
}

internal sealed class GroupSayHandler(Conversation conversation, Roster roster) : IKeepingHandler<GroupSay>
{
    public async ValueTask<Fault?> HandleAsync(Connection from, GroupSay message, string? id, EntrySignature? signature, CancellationToken cancellationToken)
    {
        var (speaker, fault) = Speaker.Of(from, message.AgentId, roster);
        if (speaker is null)
        {
            return fault;
        }

        var said = await conversation.SayAsync(
            speaker, message.GroupId, new(message.Content, message.ReplyTo, message.Attachments, DedupKey: message.DedupKey), signature, cancellationToken);
        if (said.Fault is null)
        {
            from.Send(new GroupStored(message.GroupId, said.Id.ToString(), said.Seq, id, said.Offered));
        }

        return said.Fault;
    }
}

internal sealed class GroupAckHandler(AckBook acks, Seats seats) : IHandler<GroupAck>
{
    public ValueTask<Fault?> HandleAsync(Connection from, GroupAck message, CancellationToken cancellationToken)
    {
        // Nobody has read what was not sent to it.
        if (seats.Of(from)?.ReaderOf(message.GroupId) is { } reader)
        {
            acks.Read(message.GroupId, reader.Keys, Math.Min(message.Seq, reader.At));
        }

        return ValueTask.FromResult<Fault?>(null);
    }
}

internal sealed class InboxAckHandler(Inboxes inboxes, Roster roster) : IHandler<InboxAck>
{
    public async ValueTask<Fault?> HandleAsync(Connection from, InboxAck message, CancellationToken cancellationToken)
    {
        var (speaker, fault) = Speaker.Of(from, message.AgentId, roster);
        if (speaker is null)
        {
            return fault;
        }

        await inboxes.AcknowledgeAsync(speaker.Key, message.Ids, cancellationToken);
        return null;
    }
}

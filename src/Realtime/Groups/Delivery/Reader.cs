using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>A connection to which a group's log is sent, in the order of its numbers. Its room's lock guards it.</summary>
/// <param name="mentionsAfter">Mentions up to this number have been told when it came.</param>
internal sealed class Reader(Connection connection, long at, long mentionsAfter)
{
    public Connection Connection => connection;

    /// <summary>All up to this number has been sent.</summary>
    public long At { get; private set; } = at;

    /// <summary>It has all that the room has sent; else somebody reads for it what it lacks.</summary>
    public bool IsLive { get; set; }

    /// <summary>Where its dialect has no acknowledgements.</summary>
    public Receipts? Receipts { get; init; }

    /// <summary>Members that it stands for: see <see cref="MemberKey"/>.</summary>
    public required IReadOnlyList<string> Keys { get; set; }

    /// <param name="frame">The entry in its dialect; null where that has no word for it.</param>
    public void Send(GroupEntry entry, byte[]? frame)
    {
        if (entry.Seq <= At)
        {
            return;
        }

        var author = $"{entry.FromKind}:{entry.FromId}";
        if (frame is not null && (connection.Dialect.EchoesOwn || !Keys.Contains(author)))
        {
            connection.Send(frame);
        }

        At = entry.Seq;
        if (entry.Mentions is { } mentions && entry.Seq > mentionsAfter)
        {
            foreach (var key in Keys.Where(key => key != author && mentions.Any(who => who.Kind == MemberKind.All || $"{who.Kind}:{who.Id}" == key)))
            {
                connection.Send(MentionOf(entry, key));
                Receipts?.Told(key, Guid.Parse(entry.Id));
            }
        }

        Receipts?.Passed(entry.GroupId, Keys, entry.Seq);
    }

    public static MentionTold MentionOf(GroupEntry entry, string key) => new(
        entry.Id, entry.GroupId, entry.Seq, entry.From, entry.FromId, entry.FromKind, entry.Content, entry.Timestamp,
        MemberKey.Split(key) is (MemberKind.Agent, var agent) ? agent : null);
}

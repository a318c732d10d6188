using Agents.Realtime.Hub;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>
/// What was sent to a connection whose dialect has no words for what was read: it counts as read when it has arrived, as the wire
/// tells. What is forgotten of it, because too much is on its way, comes again after a reconnect.
/// </summary>
internal sealed class Receipts
{
    private const int MostKept = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<Sent> _sent = [];
    private readonly Connection _connection;
    private readonly AckBook _acks;
    private long _arrived;

    public Receipts(Connection connection, AckBook acks)
    {
        (_connection, _acks) = (connection, acks);
        connection.Confirmed += Arrived;
    }

    /// <summary>An entry of a group's log went out just now, or was none that this connection is sent.</summary>
    public void Passed(string groupId, IReadOnlyList<string> keys, long seq) => Put(number => new(number, groupId, keys, seq, null));

    /// <summary>A mention did.</summary>
    public void Told(string owner, Guid message) => Put(number => new(number, null, [owner], 0, message));

    private void Put(Func<long, Sent> make)
    {
        lock (_gate)
        {
            // Frames of others may have gone out in between: then it counts a little later.
            var sent = make(_connection.LastPut);
            if (sent.Number <= _arrived)
            {
                Note(sent);
                return;
            }

            _sent.Enqueue(sent);
            if (_sent.Count > MostKept)
            {
                _sent.Dequeue();
            }
        }
    }

    private void Arrived(long upTo)
    {
        lock (_gate)
        {
            _arrived = Math.Max(_arrived, upTo);
            while (_sent.TryPeek(out var sent) && sent.Number <= _arrived)
            {
                Note(_sent.Dequeue());
            }
        }
    }

    private void Note(Sent sent)
    {
        if (sent.GroupId is { } groupId)
        {
            _acks.Read(groupId, sent.Keys, sent.Seq);
        }
        else
        {
            _acks.Told(sent.Keys[0], sent.Message!.Value);
        }
    }

    /// <param name="Number">Of the frame, see <see cref="Connection.LastPut"/>.</param>
    private readonly record struct Sent(long Number, string? GroupId, IReadOnlyList<string> Keys, long Seq, Guid? Message);
}

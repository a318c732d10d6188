using System.Globalization;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Groups.Delivery;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Realtime.Groups;

/// <summary>A group's log comes to each reader in the order of its numbers, as fast as it reads, and nobody is cut for a burst.</summary>
public sealed class RoomTests
{
    private const int Burst = 200;

    private readonly List<GroupEntry> _log = [];
    private readonly Wire _wire = new();

    [Fact]
    public async Task Told_MoreAtOnceThanWaitsForAConnection_AllComesInOrder()
    {
        var room = RoomAt(0);
        room.Add(Reader(at: 0));
        _log.AddRange(Entries(1, Burst));

        room.Told(_log);
        await AllComesAsync(Burst);
    }

    [Fact]
    public async Task Add_WhoHasMissedMoreThanWaitsForAConnection_GetsItAndWhatIsNew()
    {
        _log.AddRange(Entries(1, Burst));
        var room = RoomAt(Burst);
        room.Add(Reader(at: 0));
        var more = Entries(Burst + 1, Burst);
        _log.AddRange(more);

        room.Told(more);
        await AllComesAsync(2 * Burst);
    }

    [Fact]
    public async Task Heard_StoredElsewhere_IsReadFromTheLog()
    {
        var room = RoomAt(0);
        room.Add(Reader(at: 0));
        _log.AddRange(Entries(1, 3));

        room.Heard(3);
        await AllComesAsync(3);
    }

    private async Task AllComesAsync(int count)
    {
        _wire.Read(count);
        await _wire.SentAsync(count);
        Assert.Equal(Enumerable.Range(1, count).Select(Text), _wire.Sent);
        Assert.Null(_wire.Closed);
    }

    private Room RoomAt(long head) => new(
        "g", (_, after, _) => Task.FromResult<IReadOnlyList<GroupEntry>>([.. _log.Where(entry => entry.Seq > after).Take(50)]), head,
        TestContext.Current.CancellationToken, NullLogger.Instance);

    private Reader Reader(long at) =>
        new(_wire.Connect(Ears.Device("d"), new() { MaxQueuedFrames = 20 }, TimeProvider.System), at, mentionsAfter: 0) { Keys = ["agent:a"] };

    private static List<GroupEntry> Entries(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(seq => new GroupEntry($"m{seq}", "g", seq, EntryKind.Message, "p", "p", MemberKind.User, Text(seq), DateTimeOffset.UnixEpoch))];

    private static string Text(int seq) => seq.ToString(CultureInfo.InvariantCulture);
}

using Agents.Contracts;
using Agents.Realtime.Groups.Delivery;
using Agents.Realtime.Groups.Works;
using Npgsql;

namespace Agents.Realtime.Groups.Log;

/// <summary>What is said in groups is stored, answered, and sent to who is there, in this order.</summary>
internal sealed class MessageLog(NpgsqlDataSource postgres, Rooms rooms, WorkBell bell, TimeProvider time, ILogger<MessageLog> log)
    : CommitBatcher<NewEntry, Appended>(MostWaiting, MostInOne, _ => 1, time, log)
{
    private const int MostWaiting = 10_000;
    private const int MostInOne = 200;

    public async Task<Appended> AppendAsync(NewEntry entry, CancellationToken cancellationToken) =>
        Put(entry, cancellationToken) is { } answer
            ? await answer
            : Appended.Refused(ErrorCode.TooMany, "More is said than can be kept just now. Say it again in a second.");

    protected override async Task<IReadOnlyList<Appended>> StoreAsync(IReadOnlyList<NewEntry> batch, CancellationToken cancellationToken)
    {
        var written = await LogWriter.WriteAsync(postgres, batch, Time.GetUtcNow(), cancellationToken);
        rooms.Told(written.Added);
        if (written.Added.Any(entry => entry.Mentions is not null))
        {
            bell.Ring();
        }

        return written.Answers;
    }
}

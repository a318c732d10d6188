using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>Tells who has just come of the mentions that waited for it, page by page, as fast as it reads.</summary>
internal sealed partial class WaitingMentions(IServiceScopeFactory scopes, TimeProvider time, ILogger<WaitingMentions> log)
{
    private const int Page = 50;
    private const int AtOnce = 4;

    private static readonly TimeSpan RoomLimit = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _reading = new(AtOnce);

    /// <summary>Those of them for whom something waits.</summary>
    public async Task<HashSet<string>> WaitingAsync(RealtimeDb db, string[] owners, CancellationToken cancellationToken) => owners.Length == 0
        ? []
        : [.. await db.Inbox.Where(row => owners.Contains(row.Owner) && row.ReadAt == null && row.ToldAt == null).Select(row => row.Owner).Distinct().ToListAsync(cancellationToken)];

    /// <param name="upTo">By group: what comes after the number is told as it comes.</param>
    public void Tell(Seat seat, IReadOnlyList<string> owners, IReadOnlyDictionary<string, long> upTo)
    {
        if (owners.Count > 0)
        {
            _ = TellAsync(seat, owners, upTo);
        }
    }

    private async Task TellAsync(Seat seat, IReadOnlyList<string> owners, IReadOnlyDictionary<string, long> upTo)
    {
        var connection = seat.Connection;
        try
        {
            foreach (var owner in owners)
            {
                Guid? last = Guid.Empty;
                while (last is { } after && !connection.IsClosing)
                {
                    using var limit = new CancellationTokenSource(RoomLimit, time);
                    await connection.RoomAsync(limit.Token);
                    last = await TellPageAsync(seat, owner, after, upTo, limit.Token);
                }
            }
        }
        catch (Exception e)
        {
            Log.NotTold(log, connection.Peer.Key, e.Message);
            connection.Close(Contracts.Realtime.CloseCode.ComeAgain, "connect again");
        }
    }

    /// <returns>The last one, or null where there are no more.</returns>
    private async Task<Guid?> TellPageAsync(Seat seat, string owner, Guid after, IReadOnlyDictionary<string, long> upTo, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RealtimeDb>();
            var page = await (
                from row in db.Inbox.AsNoTracking()
                join entry in db.Entries on new { row.GroupId, row.Seq } equals new { entry.GroupId, entry.Seq }
                where row.Owner == owner && row.Id > after && row.ReadAt == null && row.ToldAt == null
                orderby row.Id
                select entry).Take(Page).ToListAsync(cancellationToken);
            foreach (var entry in page.Where(entry => entry.DeletedAt is null && entry.Seq <= upTo.GetValueOrDefault(entry.GroupId, long.MaxValue)))
            {
                seat.Connection.Send(Reader.MentionOf(entry.ToWire(), owner));
                seat.Receipts?.Told(owner, entry.Id);
            }

            return page.Count == Page ? page[^1].Id : null;
        }
        finally
        {
            _reading.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Peer} could not be told of the mentions that waited for it, and is to connect again: {Reason}")]
        public static partial void NotTold(ILogger log, string peer, string reason);
    }
}

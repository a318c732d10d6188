using Agents.Realtime.Hub;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>Finds out, for many connections at once, which groups are sent to them and from which number on.</summary>
internal sealed partial class SeatLoop(Seats seats, Rooms rooms, AckBook acks, WaitingMentions mentions, IServiceScopeFactory scopes, TimeProvider time, ILogger<SeatLoop> log) : BackgroundService
{
    private const int MostAtOnce = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var taken = await seats.TakeAsync(MostAtOnce, stoppingToken);
            try
            {
                await LookAsync(taken, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotFound(log, taken.Count, e.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                foreach (var seat in taken)
                {
                    seats.Look(seat);
                }
            }
        }
    }

    private async Task LookAsync(IReadOnlyList<Seat> taken, CancellationToken cancellationToken)
    {
        var keys = taken.ToDictionary(seat => seat, seat => seats.KeysOf(seat.Connection));
        string[] all = [.. keys.Values.SelectMany(own => own).Distinct()];
        string[] asked = [.. taken.SelectMany(seat => seat.AskedGroups).Distinct()];
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RealtimeDb>();
        var memberships = (await (
            from member in db.Members.AsNoTracking()
            join of in db.Groups on member.GroupId equals of.Id
            where all.Contains(member.Member)
            select new { member.Member, Place = new Place(of.Id, of.Name, member.ReadSeq, of.LastSeq, new[] { member.Member }) }).ToListAsync(cancellationToken))
            .ToLookup(row => row.Member, row => row.Place);
        var open = asked.Length == 0 ? new Dictionary<string, Group>() : await db.Groups.AsNoTracking()
            .Where(of => asked.Contains(of.Id) && of.Visibility == Contracts.Realtime.Groups.GroupVisibility.Open)
            .ToDictionaryAsync(of => of.Id, cancellationToken);
        var waiting = await mentions.WaitingAsync(db, [.. taken.Where(WantsMentions).SelectMany(seat => keys[seat])], cancellationToken);
        foreach (var seat in taken)
        {
            var places = PlacesOf(seat, keys[seat], memberships, open);
            seat.Take(places, rooms);
            if (WantsMentions(seat))
            {
                seat.IsGreeted = true;
                mentions.Tell(seat, [.. keys[seat].Where(waiting.Contains)], places.ToDictionary(place => place.GroupId, place => place.LastSeq));
            }
        }
    }

    /// <summary>A page asks for its inbox.</summary>
    private static bool WantsMentions(Seat seat) => !seat.IsGreeted && seat.Connection.Peer is not PersonPeer;

    private List<Place> PlacesOf(Seat seat, IReadOnlyList<string> keys, ILookup<string, Place> memberships, Dictionary<string, Group> open)
    {
        var isPerson = seat.Connection.Peer is PersonPeer;
        var places = keys.SelectMany(key => memberships[key]).GroupBy(place => place.GroupId).ToDictionary(group => group.Key, group =>
        {
            var any = group.First();
            string[] members = [.. group.SelectMany(place => place.Keys)];
            // Pages load what was; they are sent what is new.
            var read = isPerson ? any.LastSeq : group.Min(place => Math.Max(place.ReadSeq, acks.Pending(place.GroupId, place.Keys[0])));
            return any with { ReadSeq = read, Keys = members };
        });
        foreach (var id in seat.AskedGroups.Where(id => isPerson && !places.ContainsKey(id)))
        {
            if (open.TryGetValue(id, out var shown))
            {
                places.Add(id, new(id, shown.Name, shown.LastSeq, shown.LastSeq, keys));
            }
        }

        return [.. places.Values];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Which groups {Count} connections are in can't be found out just now; it is tried again: {Reason}")]
        public static partial void NotFound(ILogger log, int count, string reason);
    }
}

using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.People;

/// <summary>Keeps who is connected to this process where every replica finds it.</summary>
internal sealed class PeopleHere(Connections connections, Instance instance, IServiceScopeFactory scopes, TimeProvider time, ILogger<PeopleHere> log)
    : Periodic(TimeSpan.FromSeconds(1), time, log)
{
    private HashSet<string> _told = [];
    private long? _toldAt;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var here = connections.All.Select(connection => connection.Peer).OfType<PersonPeer>().Select(person => MemberKey.OfUser(person.Claims.Sub)).ToHashSet();
        if (_toldAt is { } at && Time.GetElapsedTime(at) < PersonHere.Beat && here.SetEquals(_told))
        {
            return;
        }

        await TellAsync([.. here], cancellationToken);
        (_told, _toldAt) = (here, Time.GetTimestamp());
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_toldAt is not null)
        {
            await TellAsync([], cancellationToken);
        }
    }

    private async Task TellAsync(string[] here, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RealtimeDb>().Database.ExecuteSqlAsync(
            $"""
            WITH gone AS (
                DELETE FROM people_here
                WHERE (instance = {instance.Id} AND member <> ALL ({here})) OR (instance <> {instance.Id} AND seen_at < now() - 10 * {PersonHere.GoneAfter}))
            INSERT INTO people_here (member, instance, seen_at)
            SELECT member, {instance.Id}, now() FROM unnest({here}) member
            ON CONFLICT (member, instance) DO UPDATE SET seen_at = excluded.seen_at
            """,
            cancellationToken);
    }
}

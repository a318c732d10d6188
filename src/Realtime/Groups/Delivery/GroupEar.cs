using Agents.ServiceDefaults.Feeds;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>Hears what happens in groups, by whichever process it was stored, and brings it to the rooms and seats that are here.</summary>
internal sealed class GroupEar(PostgresEar ear, Rooms rooms, Seats seats) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => ear.ListenAsync(GroupWord.Channel, LookAll, Hear, stoppingToken);

    private void LookAll()
    {
        rooms.LookAll();
        seats.LookAll();
    }

    private void Hear(string payload)
    {
        switch (GroupWord.Parse(payload))
        {
            case { Seq: > 0 } advanced:
                rooms.Find(advanced.GroupId)?.Heard(advanced.Seq);
                break;
            case { Member: { } member }:
                seats.MemberChanged(member);
                break;
            case not null:
                seats.LookAll();
                break;
        }
    }
}

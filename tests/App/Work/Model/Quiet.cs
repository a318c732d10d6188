using Agents.Tests.App.Whole;
using Npgsql;

namespace Agents.Tests.App.Work.Model;

/// <summary>Brings all to rest: everybody is there and does what he has to, until nothing is left to do.</summary>
internal sealed class Quiet(World world, HolderSteps holders, OwnerSteps owners, FleetSteps fleet)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan FollowEvery = TimeSpan.FromMilliseconds(250);

    private DateTimeOffset _followedAt;

    public async Task BringAsync()
    {
        world.Story.Tell(null, "is brought to rest");
        foreach (var holder in world.Holders.Where(holder => holder.IsDraining).ToList())
        {
            var from = World.Now;
            (await world.AskAsync(() => world.Admin.Api.PostAsync($"/api/v1/devices/{holder.DeviceId}/resume"))).Answer.Is(200, 0);
            holder.Drain(from);
        }

        await world.UntilAsync(IsOverAsync, Limit, () => Left() is { } left ? (left, $"has not ended; {left.Current} is {left.Current?.Stage}") : (Unacknowledged()?.Task, $"{Unacknowledged()} is not acknowledged"));
        await world.UntilAsync(IsFreeAsync, Limit, () => (null, "something is left in live or ending"));
    }

    private ModelTask? Left() => world.Tasks.Find(task => !task.HasEnded);

    private Piece? Unacknowledged() => world.Pieces.FirstOrDefault(piece => piece.Stage is not PieceStage.Over);

    private async Task<bool> IsOverAsync()
    {
        foreach (var holder in world.Holders)
        {
            if (!holder.Speaks)
            {
                await fleet.ComeAsync(holder, 0);
            }

            foreach (var piece in holder.Pieces.Where(piece => piece.Stage is not PieceStage.Over || piece.IsToStop).ToList())
            {
                await EndAsync(piece);
            }

            await holder.ResendAsync(ResendAfter);
        }

        if (World.Now - _followedAt > FollowEvery)
        {
            foreach (var task in world.Tasks.Where(task => !task.HasEnded).ToList())
            {
                await world.FollowAsync(task);
                if (task is { HasEnded: false, Order.Agent.IsDeleted: true })
                {
                    await owners.CancelAsync(task);
                }
            }

            _followedAt = World.Now;
        }

        return Left() is null && Unacknowledged() is null;
    }

    private async Task EndAsync(Piece piece)
    {
        if (piece.IsToStop)
        {
            await holders.ObeyAsync(piece);
        }
        else if (piece.Stage is PieceStage.Offered)
        {
            await holders.AcceptAsync(piece);
        }
        else if (piece.Stage is PieceStage.Working)
        {
            await holders.ReportAsync(piece, holders.Result());
        }
    }

    private async Task<bool> IsFreeAsync()
    {
        try
        {
            var row = await Database.SingleAsync(
                world.App.App, "schedulerdb",
                "SELECT (SELECT count(*) FROM live l JOIN tasks t USING (id) WHERE t.type = $1) + (SELECT count(*) FROM ending e JOIN tasks t ON t.id = e.task_id WHERE t.type = $1)",
                world.Type);
            return (long)row[0] == 0;
        }
        catch (NpgsqlException) when (world.Outages.Touch(World.Now))
        {
            return false;
        }
    }
}

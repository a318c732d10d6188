using System.Diagnostics;
using Agents.Tests.App.Hosting;
using Agents.Tests.App.Realtime;

namespace Agents.Tests.App.Work.Model;

/// <summary>Steps in which somebody is not there, or not as before.</summary>
internal sealed class FleetSteps(World world)
{
    private static readonly string[] Killed = ["Scheduler", "Realtime", "postgres", "Scheduler"];

    public Task<ModelTask?> CutAsync() => WithAsync(holder => holder.IsHere, async holder =>
    {
        world.Story.Tell(null, $"{holder.Name} is cut off");
        await holder.CutAsync();
    });

    public Task<ModelTask?> MuteAsync() => WithAsync(holder => holder.Speaks, holder =>
    {
        world.Story.Tell(null, $"{holder.Name} falls silent");
        holder.IsMute = true;
        return Task.CompletedTask;
    });

    /// <summary>With all that it had, or killed meanwhile so that only its spool is left, or with what was over long ago.</summary>
    public Task<ModelTask?> ComeAsync() => WithAsync(holder => !holder.Speaks, holder => ComeAsync(holder, world.Random.Next(5)));

    public async Task ComeAsync(ModelHolder holder, int how)
    {
        var wasCut = !holder.IsHere;
        holder.IsMute = false;
        if (wasCut && !await holder.ComeAsync())
        {
            return;
        }

        foreach (var piece in holder.Pieces.TakeLast(20).ToList())
        {
            if (how == 3 && piece.Stage is PieceStage.Working or PieceStage.Offered)
            {
                piece.Forget(World.Now);
            }
            else if (how == 4 && piece.Stage is PieceStage.Over && world.Random.Next(3) == 0)
            {
                piece.Accept(World.Now);
            }
        }

        world.Story.Tell(null, $"{holder.Name} {(wasCut ? "has come back" : "speaks again")} {how switch { 3 => "with its spool alone", 4 => "with old work", _ => "" }}");
        await holder.BeatAsync();
        await holder.ResendAsync(TimeSpan.Zero);
    }

    public Task<ModelTask?> DrainAsync() => WithAsync(holder => holder.DeviceId is not null, async holder =>
    {
        var what = holder.IsDraining ? "resume" : "drain";
        world.Story.Tell(null, $"{holder.Name}: {what}");
        var from = World.Now;
        (await world.AskAsync(() => world.Admin.Api.PostAsync($"/api/v1/devices/{holder.DeviceId}/{what}"))).Answer.Is(200, 0);
        holder.Drain(holder.IsDraining ? from : World.Now);
    });

    /// <summary>Another one takes its place.</summary>
    public Task<ModelTask?> DeleteAgentAsync() => WithAsync(holder => holder.DeviceId is not null, async holder =>
    {
        var agent = world.Any(holder.Agents.FindAll(agent => !agent.IsDeleted));
        world.Story.Tell(null, $"{agent} of {holder.Name} is deleted");
        Assert.True((await world.AskAsync(() => world.Admin.Api.DeleteAsync($"/api/v1/agents/{agent.Id}"))).Answer.Status is 200 or 404);
        agent.DeletedAt = World.Now;
        holder.Agents.Add(await Setting.AgentAsync(world, holder.DeviceId, agent.Concurrency, agent.Capability, agent.IsPrivate));
    });

    public Task<ModelTask?> KillAsync()
    {
        var part = world.Any(Killed);
        world.Story.Tell(null, $"{part} is killed");
        world.Outages.Add(World.Now);
        if (part == "postgres")
        {
            var server = ProcessTree.Below(Environment.ProcessId).First(id => ProcessTree.CommandLine(id).Contains("postgres", StringComparison.Ordinal) && ProcessTree.CommandLine(id).Contains(" -D", StringComparison.Ordinal));
            Process.GetProcessById(server).Kill();
        }
        else
        {
            Parts.Kill(part);
        }

        return Task.FromResult<ModelTask?>(null);
    }

    private async Task<ModelTask?> WithAsync(Func<ModelHolder, bool> isOne, Func<ModelHolder, Task> step)
    {
        if (world.Holders.FindAll(holder => isOne(holder)) is { Count: > 0 } holders)
        {
            await step(world.Any(holders));
        }

        return null;
    }
}

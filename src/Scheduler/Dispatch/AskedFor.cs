using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.Dispatch;

/// <summary>Gives agents what they asked for themselves. For the dispatcher's own turn.</summary>
internal sealed class AskedFor(Asks asks, Queues queues, Fleet fleet, Lanes lanes, NpgsqlDataSource postgres, IOptions<WorkOptions> options)
{
    public async Task GiveAsync(long epoch, CancellationToken cancellationToken)
    {
        while (asks.Take() is { Count: > 0 } waiting)
        {
            try
            {
                await GiveAsync(epoch, waiting, cancellationToken);
            }
            finally
            {
                // Those that have no answer yet: whether they were given out only the table knows.
                waiting.ForEach(each => each.Settle(null));
            }
        }
    }

    private async Task GiveAsync(long epoch, List<Asks.Waiting> waiting, CancellationToken cancellationToken)
    {
        await lanes.LearnAsync(waiting.Select(each => each.Ask.Lane).Distinct(), cancellationToken);
        List<(Asks.Waiting Waiting, Pick Pick)> given = [];
        foreach (var each in waiting)
        {
            var (name, task, lane, agent) = each.Ask;
            if (lanes.Find(lane) is not { } key || fleet.FindWorker(agent) is not { } known)
            {
                continue;
            }

            // Whether a socket is there does not matter to who asks by another way.
            var worker = known with { Holder = name };
            if (queues.Reserve(worker, key) is var fit and not Fit.Eligible)
            {
                each.Settle(fit);
                continue;
            }

            given.Add((each, new(task, lane, worker)));
        }

        if (given.Count > 0)
        {
            var taken = await postgres.TakeAsync(epoch, [.. given.Select(each => (each.Pick, each.Waiting.Ask.Name))], options.Value.Lease, cancellationToken);
            queues.Settle([.. given.Select(each => each.Pick)], taken);
            given.ForEach(each => each.Waiting.Settle(Fit.Eligible));
        }
    }
}

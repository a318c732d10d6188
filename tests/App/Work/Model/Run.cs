namespace Agents.Tests.App.Work.Model;

/// <summary>Random steps, each against the application and the model.</summary>
internal sealed class Run
{
    private const int RestEvery = 250;

    private static readonly TimeSpan GivenWithin = TimeSpan.FromSeconds(20);

    private readonly World _world;
    private readonly Submits _submits;
    private readonly HolderSteps _holders;
    private readonly FleetSteps _fleet;
    private readonly Quiet _quiet;
    private readonly (int Weight, Func<Task<ModelTask?>> Step)[] _table;

    public Run(World world)
    {
        _world = world;
        _submits = new(world);
        _holders = new(world);
        _fleet = new(world);
        var owners = new OwnerSteps(world);
        _quiet = new(world, _holders, owners, _fleet);
        _table =
        [
            (130, _submits.SingleAsync), (20, _submits.BatchAsync), (25, _submits.DedupAsync),
            (200, _holders.AcceptAsync), (30, _holders.AcceptOldAsync), (80, _holders.ProgressAsync), (20, _holders.ProgressAgainAsync),
            (150, _holders.ResultAsync), (15, _holders.SuddenResultAsync), (25, _holders.ResultAgainAsync), (20, _holders.LateResultAsync),
            (70, _holders.ErrorAsync), (60, _holders.StopAsync),
            (45, owners.CancelAsync), (35, owners.RetryAsync), (10, owners.PryAsync),
            (25, _fleet.CutAsync), (10, _fleet.MuteAsync), (60, _fleet.ComeAsync), (10, _fleet.DrainAsync), (5, _fleet.DeleteAgentAsync),
        ];
    }

    public async Task DoAsync(int steps)
    {
        var kill = _world.Random.Next(steps / 4, steps / 2);
        for (var step = 1; step <= steps; step++)
        {
            _world.Story.Step = step;
            var task = await (step == kill ? _fleet.KillAsync : Draw())();
            await _world.LookAsync();
            if (task is not null)
            {
                await _world.CheckAsync(task);
            }

            if (step % RestEvery == 0 || step == steps)
            {
                await RestAsync();
                kill = step + _world.Random.Next(RestEvery);
            }
        }
    }

    private async Task RestAsync()
    {
        await _quiet.BringAsync();
        await new Reckoning(_world).MakeAsync();
        _world.Story.ThrowFaults();
        await AllFreeAsync();
        await _quiet.BringAsync();
    }

    /// <summary>Each agent is given at once as much as it may have: no place was forgotten.</summary>
    private async Task AllFreeAsync()
    {
        foreach (var holder in _world.Holders)
        {
            foreach (var agent in holder.Agents.Where(agent => !agent.IsDeleted))
            {
                List<ModelTask> tasks = [];
                while (tasks.Count < Math.Min(agent.Concurrency, holder.Concurrency))
                {
                    tasks.Add(await _submits.ForAsync(agent));
                }

                await _world.UntilAsync(
                    () => Task.FromResult(tasks.TrueForAll(task => task.Pieces.Count > 0)), GivenWithin,
                    () => (tasks.Find(task => task.Pieces.Count == 0), $"is not given to {agent} of {holder.Name}, which has nothing to do"));
                foreach (var piece in tasks.SelectMany(task => task.Pieces.Values).ToList())
                {
                    await _holders.ReportAsync(piece, _holders.Result());
                }
            }
        }
    }

    private Func<Task<ModelTask?>> Draw()
    {
        var drawn = _world.Random.Next(_table.Sum(row => row.Weight));
        return _table.First(row => (drawn -= row.Weight) < 0).Step;
    }
}

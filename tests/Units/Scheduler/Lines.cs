using System.Globalization;
using Agents.Contracts.Scheduler;
using Agents.Scheduler;
using Agents.Scheduler.Budgets;
using Agents.Scheduler.Dispatch;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Tests.Units.Scheduler;

/// <summary>A leader's memory without its tables: lanes and workers of a test's own, and a clock that stands still.</summary>
internal sealed class Lines
{
    private readonly Lanes _lanes;

    public Lines(int heads = 10)
    {
        // Never connected to: what a test needs of lanes is told to them.
        _lanes = new(NpgsqlDataSource.Create("Host=none"), Time);
        var options = Options.Create(new WorkOptions { LaneHeads = heads });
        Budgets = new(Fleet, options, Time);
        Queues = new(Fleet, _lanes, Budgets, options, Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public Fleet Fleet { get; } = new();

    public BudgetBook Budgets { get; }

    public Queues Queues { get; }

    /// <summary>A task whose number says which one it is.</summary>
    public static Guid Id(int number) => Guid.Parse(number.ToString("x32", CultureInfo.InvariantCulture));

    public void Agent(string id, int concurrency = 1, string? device = null)
    {
        Fleet.Saved(Workers.Agent(id, device: device, concurrency: concurrency));
        Fleet.Here(HolderKey.OfAgent(id), new("i", 0, TakesTasks: true));
    }

    public void Lane(long id, string? agent = null) => _lanes.Keep(new(agent, null, "me", null), id, 0);

    /// <summary>Its number is its rank as well.</summary>
    public void Queued(long lane, params int[] tasks) => Queues.Queued(tasks.Select(task => (lane, (long)task, Id(task))));

    public IEnumerable<(Guid, string)> Choose(int most = 100) => Queues.Choose(most).Select(pick => (pick.Task, pick.Worker.Id));

    /// <summary>A whole round: what is chosen is claimed as each task's first attempt, save what was not there any more.</summary>
    public IReadOnlyList<(Guid Task, string Agent)> Round(params int[] gone)
    {
        var picks = Queues.Choose(100);
        var claimed = picks.Where(pick => !gone.Select(Id).Contains(pick.Task))
            .Select(pick => new Claimed(pick.Task, 1, pick.Worker.Id, pick.Worker.DeviceId, "h", "", null, null, null, null, null)).ToList();
        Queues.Settle(picks, claimed.Select(claim => (claim.Id, claim.Attempt)));
        return [.. claimed.Select(claim => (claim.Id, claim.AgentId))];
    }

    public void Free(int task, int attempt = 1) => Queues.Freed([(Id(task), attempt)]);

    public long[] Refill(long lane, params int[] heads)
    {
        var wanted = Queues.BeginRefills(100);
        Queues.Refill(wanted, heads.ToLookup(_ => lane, head => ((long)head, Id(head))));
        return wanted;
    }

    public static TakenPlace Place(int task, string agent, int attempt = 1) => new(Id(task), attempt, agent, null);

    public Fit Reserve(string agent, long lane) => Queues.Reserve(Fleet.FindWorker(agent)!, _lanes.Find(lane)!);

    public Fit Why(string agent, long lane)
    {
        var worker = Fleet.Workers().Workers.Single(each => each.Id == agent);
        return Queues.Why(worker, _lanes.Find(lane) ?? new(agent, null, null, null), lane);
    }

    public static SubmitTaskRequest Named(string? name, params string[] on) => new(Ref: name, DependsOn: on);
}

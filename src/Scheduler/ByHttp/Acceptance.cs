using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.ServiceDefaults.Auth;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Agents.Scheduler.ByHttp;

/// <summary>What became of an accept.</summary>
internal abstract record Accepted
{
    internal sealed record Given(TaskOrder Order) : Accepted;

    internal sealed record Refused(string Why) : Accepted;

    /// <summary>There is no such task, or none that this agent may know of.</summary>
    internal sealed record Unknown : Accepted;

    /// <summary>Nobody could decide it just now.</summary>
    internal sealed record Undecided : Accepted;
}

/// <summary>An agent takes a task by HTTP: one that is queued, or an attempt that it was given already.</summary>
internal sealed class Acceptance(
    NpgsqlDataSource postgres, Lanes lanes, Fleet fleet, Asking asking, WordsByHttp words, Aftermath aftermath, IOptions<WorkOptions> options, TimeProvider time)
{
    public async Task<Accepted> AcceptAsync(Guid task, KnownAgent agent, int? attempt, Caller caller, CancellationToken cancellationToken)
    {
        if (await postgres.StandAsync(task, cancellationToken) is not { } stand || !await MayKnowAsync(stand, agent, caller, cancellationToken))
        {
            return new Accepted.Unknown();
        }

        return stand switch
        {
            { Ended: { } status } => new Accepted.Refused($"It has ended: {status}."),
            { IsQueued: true } when attempt is null => await TakeAsync(task, stand, agent, cancellationToken),
            // To its socket, or to another process of it: two are not to do the same unawares.
            { IsHeld: true } when attempt is null && stand.Agent == agent.Id =>
                new Accepted.Refused($"Its agent was given it already: who is to go on with it names its attempt, which is {stand.Attempt}."),
            { Holder: { } holder } when stand.Agent == agent.Id && stand.Attempt == attempt => caller.IsHeardFor(holder)
                ? await GoOnAsync(task, stand.Attempt, holder, cancellationToken)
                : new Accepted.Refused("It goes over the connection of its device, which accepts it there."),
            { IsHeld: true } => new Accepted.Refused("Another has it."),
            _ when attempt is { } asked => new Accepted.Refused($"Attempt {asked} is over."),
            _ => new Accepted.Refused("It is not queued."),
        };
    }

    private async Task<Accepted> TakeAsync(Guid task, Stand stand, KnownAgent agent, CancellationToken cancellationToken)
    {
        var ask = new Ask(Guid.CreateVersion7(time.GetUtcNow()).ToString(), task, stand.Lane, agent.Id);
        var fit = await asking.AskAsync(ask, cancellationToken);
        if (fit is { } unfit and not Fit.Eligible)
        {
            return new Accepted.Refused(Why(unfit, agent));
        }

        // Whatever the answer was, the row says who has it.
        var now = await postgres.StandAsync(task, cancellationToken);
        if (now is { IsHeld: true, Holder: { } holder } && now.Name == ask.Name && await postgres.GivenAsync(task, now.Attempt, holder, cancellationToken) is { } given)
        {
            aftermath.Happened();
            return new Accepted.Given(given.ToOrder(options.Value.Lease));
        }

        return fit is null ? new Accepted.Undecided()
            : now?.Ended is { } status ? new Accepted.Refused($"It has ended: {status}.")
            : new Accepted.Refused("Somebody else was first.");
    }

    /// <summary>As it was given, or found again after its lease where nobody else was given it.</summary>
    private async Task<Accepted> GoOnAsync(Guid task, int attempt, string holder, CancellationToken cancellationToken)
    {
        await words.AcceptAsync(task, attempt, holder, cancellationToken);
        return await postgres.GivenAsync(task, attempt, holder, cancellationToken) is { } given
            ? new Accepted.Given(given.ToOrder(options.Value.Lease))
            : new Accepted.Refused($"Attempt {attempt} is over.");
    }

    /// <summary>Whose task it is, and each agent that it is for or that has or had it last.</summary>
    private async Task<bool> MayKnowAsync(Stand stand, KnownAgent agent, Caller caller, CancellationToken cancellationToken)
    {
        if (stand.Agent == agent.Id || (!caller.IsOwnAgent && (caller.IsOperator || stand.CreatedBy == caller.Id)))
        {
            return true;
        }

        await lanes.LearnAsync([stand.Lane], cancellationToken);
        return stand.Ended is null && lanes.Find(stand.Lane) is { } lane && fleet.FindWorker(agent.Id) is { } worker
            && Placement.Match(worker, lane) is not (Fit.OtherAgent or Fit.OtherPost or Fit.NotSeen);
    }

    private static string Why(Fit fit, KnownAgent agent) => fit switch
    {
        Fit.Busy => $"The agent has all of its {agent.Concurrency} places taken.",
        Fit.DeviceBusy => "The agent's device has all of its places taken.",
        Fit.Draining => "The agent's device is drained.",
        Fit.OverBudget => "The day's budget of the agent or its post does not hold one more task: explain tells when it goes on.",
        Fit.LacksCapability or Fit.LacksLabel or Fit.OtherDevice => "The agent lacks what the task requires: explain tells what.",
        _ => "It is for other agents.",
    };
}

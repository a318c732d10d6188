namespace Agents.Scheduler.Dispatch;

/// <summary>Why an agent gets a task, or does not.</summary>
internal enum Fit
{
    Eligible,
    OtherAgent,
    OtherPost,
    NotSeen,
    OtherDevice,
    LacksCapability,
    LacksLabel,
    NotThere,
    Draining,

    /// <summary>Its budget of the day, or its post's, does not hold one more task.</summary>
    OverBudget,
    Refused,
    Busy,
    DeviceBusy,
}

/// <summary>How much an agent has to do just now.</summary>
/// <param name="IdleSince">A moment of the monotonic clock: smaller is longer ago.</param>
internal readonly record struct Burden(int Running, int DeviceRunning, long IdleSince);

/// <summary>Who gets a task. Pure.</summary>
internal static class Placement
{
    /// <summary>What changes only when the fleet does.</summary>
    public static Fit Match(Worker worker, LaneKey lane)
    {
        if (lane.AgentId is { } asked)
        {
            if (worker.Id != asked)
            {
                return Fit.OtherAgent;
            }
        }
        else if (lane.PostId is { } post && worker.Agent.PostId != post)
        {
            return Fit.OtherPost;
        }
        else if (!worker.IsFor(lane.Owner))
        {
            return Fit.NotSeen;
        }

        if (lane.Requires is { } requires)
        {
            if (requires.Device is { } device && worker.DeviceId != device)
            {
                return Fit.OtherDevice;
            }

            if (requires.Capabilities?.All(worker.Has) is false)
            {
                return Fit.LacksCapability;
            }

            if (requires.Labels?.All(label => worker.HasLabel(label.Key, label.Value)) is false)
            {
                return Fit.LacksLabel;
            }
        }

        return worker.Holder is null ? Fit.NotThere : worker.Device?.Draining is true ? Fit.Draining : Fit.Eligible;
    }

    /// <summary>Whether one that matches has a place left.</summary>
    public static Fit Room(Worker worker, Burden burden) =>
        burden.Running >= worker.Concurrency ? Fit.Busy
        : burden.DeviceRunning >= worker.DeviceConcurrency ? Fit.DeviceBusy
        : Fit.Eligible;

    /// <summary>The smaller share of its places taken; then the less burdened machine; then who has been idle for longer.</summary>
    public static int Compare(Worker a, Burden burdenOfA, Worker b, Burden burdenOfB)
    {
        // Fractions are compared crosswise, so that equal shares are equal.
        var share = ((long)burdenOfA.Running * b.Concurrency).CompareTo((long)burdenOfB.Running * a.Concurrency);
        if (share != 0)
        {
            return share;
        }

        var load = a.Load.CompareTo(b.Load);
        return load != 0 ? load : burdenOfA.IdleSince.CompareTo(burdenOfB.IdleSince);
    }
}

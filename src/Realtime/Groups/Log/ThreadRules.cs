using System.Globalization;
using Agents.Contracts.Realtime.Groups;

namespace Agents.Realtime.Groups.Log;

/// <summary>What agents have said since a person did, in one chain of causes.</summary>
/// <param name="Since">The number of what a person said last; hops before it count for nothing.</param>
internal sealed record ThreadState(DateTimeOffset MinuteSince, int InMinute = 0, long Tokens = 0, decimal Cost = 0, string? Stopped = null, long Since = 0);

/// <summary>Whether an agent may still say something, before a person has to. Pure.</summary>
internal static class ThreadRules
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <returns>The thread after it; where it is stopped, it was not said.</returns>
    public static ThreadState AgentSays(ThreadState thread, int hop, GroupLimits limits, DateTimeOffset now)
    {
        if (thread.Stopped is not null)
        {
            return thread;
        }

        var (since, count) = now - thread.MinuteSince >= Minute ? (now, 1) : (thread.MinuteSince, thread.InMinute + 1);
        return (hop > limits.Hops ? $"{limits.Hops} messages of agents came one after the other"
            : count > limits.PerMinute ? $"agents said more than {limits.PerMinute} things in a minute"
            : Spent(thread, limits)) is { } why
                ? thread with { Stopped = why }
                : thread with { MinuteSince = since, InMinute = count };
    }

    /// <summary>A person has said something: they may go on, and what has been spent begins anew.</summary>
    public static ThreadState PersonSays(long seq, DateTimeOffset now) => new(now, Since: seq);

    public static ThreadState Used(ThreadState thread, long tokens, decimal cost, GroupLimits limits)
    {
        var used = thread with { Tokens = thread.Tokens + tokens, Cost = thread.Cost + cost };
        return used.Stopped is null && Spent(used, limits) is { } why ? used with { Stopped = why } : used;
    }

    private static string? Spent(ThreadState thread, GroupLimits limits) =>
        limits.Tokens is { } tokens && thread.Tokens >= tokens ? string.Create(CultureInfo.InvariantCulture, $"its {tokens:N0} tokens are used up")
        : limits.Cost is { } cost && thread.Cost >= cost ? string.Create(CultureInfo.InvariantCulture, $"its {cost:0.##} US dollars are spent")
        : null;
}

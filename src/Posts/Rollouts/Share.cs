using System.Security.Cryptography;
using System.Text;

namespace Agents.Posts.Rollouts;

/// <summary>Which agents of a post are given a new version. Pure.</summary>
internal static class Share
{
    /// <summary>Those that are to be given it beside those that have been.</summary>
    /// <param name="agents">All of the post, and whether each is there: who is away shows nothing.</param>
    public static IReadOnlyList<string> More(string rollout, IReadOnlyCollection<(string Id, bool Online)> agents, IReadOnlySet<string> given, int percent)
    {
        var missing = Of(agents.Count, percent) - agents.Count(agent => given.Contains(agent.Id));
        return
        [
            .. agents.Where(agent => !given.Contains(agent.Id))
                .OrderByDescending(agent => agent.Online)
                .ThenBy(agent => Lot(rollout, agent.Id), StringComparer.Ordinal)
                .Take(Math.Max(0, missing))
                .Select(agent => agent.Id),
        ];
    }

    /// <summary>One at least; and as long as it is not all, one is left to compare with, where there are two.</summary>
    public static int Of(int agents, int percent) => percent >= 100 || agents <= 1
        ? agents
        : Math.Clamp((int)Math.Ceiling(agents * percent / 100.0), 1, agents - 1);

    /// <summary>Another order for each roll-out, so that it isn't always the same ones that try what is new.</summary>
    private static string Lot(string rollout, string agent) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{rollout}/{agent}")));
}

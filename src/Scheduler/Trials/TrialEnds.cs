using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Reports;

namespace Agents.Scheduler.Trials;

/// <summary>Gathers how attempts of posts that are tried ended. Pure.</summary>
internal sealed class TrialEnds(IReadOnlySet<string> posts)
{
    private readonly List<(string Post, TrialEnd End)> _ends = [];

    public IReadOnlyList<(string Post, TrialEnd End)> Ends => _ends;

    /// <param name="post">The agent's own, whatever the task was for.</param>
    public void Add(WorkFact fact, string? post)
    {
        if (post is null || !posts.Contains(post) || fact.Agent is not { } agent || fact.StartedAt is not { } started || !Tells(fact))
        {
            return;
        }

        var used = fact.Told;
        _ends.Add((post, new(agent, started, fact.Status is TaskStatus.Done, used.InputTokens + used.OutputTokens, used.CostUsd)));
    }

    /// <summary>What was ended by a person, by a move or by the loss of a machine says nothing of who worked on it; nor does what was not taken.</summary>
    private static bool Tells(WorkFact fact) => fact.Status switch
    {
        TaskStatus.Done => true,
        TaskStatus.Failed or TaskStatus.Queued or TaskStatus.Scheduled =>
            KindOf(fact.Data) is not (null or TaskErrorKind.Canceled or TaskErrorKind.DeviceLost or TaskErrorKind.Refused or TaskErrorKind.DependencyFailed),
        _ => false,
    };

    private static string? KindOf(string? data)
    {
        if (data is null)
        {
            return null;
        }

        using var error = JsonDocument.Parse(data);
        return error.RootElement.ValueKind is JsonValueKind.Object && error.RootElement.TryGetProperty("kind", out var kind) ? kind.GetString() : null;
    }
}

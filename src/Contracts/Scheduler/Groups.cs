namespace Agents.Contracts.Scheduler;

/// <summary>Several agents for one task: each gets a task of its own, and the first one waits for theirs.</summary>
/// <param name="Agents">Ids, each once.</param>
/// <param name="Strategy">See <see cref="GroupStrategy"/>; <c>all</c> where nothing is said.</param>
/// <param name="Lead">With <c>lead</c>: who plans and joins; the first of the agents where nothing is said.</param>
public sealed record GroupRequest(IReadOnlyList<string> Agents, string? Strategy = null, string? Lead = null) : IValidated
{
    public const int MaxAgents = 50;

    public void Validate(Problems problems)
    {
        if (Agents is not { Count: > 0 and <= MaxAgents } || Agents.Distinct().Count() != Agents.Count)
        {
            problems.Add("agents", $"must be 1 to {MaxAgents} ids of agents, each once");
        }

        problems.OneOf(Strategy, GroupStrategy.All, GroupStrategy.First, GroupStrategy.Vote, GroupStrategy.Lead);
        if (Lead is not null && (Strategy is not GroupStrategy.Lead || Agents?.Contains(Lead) is not true))
        {
            problems.Add("lead", "must be one of agents, and goes with strategy lead alone");
        }
    }
}

/// <summary>A task that is a group's from its first moment.</summary>
public sealed record SubmitGroupRequest(SubmitTaskRequest Task, GroupRequest Group) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Required(Task);
        problems.Required(Group);
        Group?.Validate(problems);
    }
}

public static class GroupStrategy
{
    /// <summary>Each does it; it is done when all are.</summary>
    public const string All = "all";

    /// <summary>Each begins; the first result counts, and the others are canceled.</summary>
    public const string First = "first";

    /// <summary>Each answers; what most answer counts, as soon as that is certain.</summary>
    public const string Vote = "vote";

    /// <summary>One plans and hands out; when all that is done, it joins the parts.</summary>
    public const string Lead = "lead";
}

public static class GroupRole
{
    public const string Member = "member";
    public const string Plan = "plan";
    public const string Part = "part";
    public const string Join = "join";
}

/// <summary>Who works on a task together.</summary>
/// <param name="GroupId">The conversation that they share.</param>
public sealed record GroupView(
    string TaskId, string GroupId, string Strategy, string? Lead, IReadOnlyList<string> Agents, IReadOnlyList<GroupTaskView> Tasks, DateTimeOffset CreatedAt);

/// <param name="Role">See <see cref="GroupRole"/>.</param>
public sealed record GroupTaskView(string TaskId, string AgentId, string Role, string Status);

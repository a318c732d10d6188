namespace Agents.Contracts;

public static class Roles
{
    /// <summary>Everything.</summary>
    public const string Admin = "admin";

    /// <summary>Devices, posts, agents and all tasks; no users.</summary>
    public const string Operator = "operator";

    /// <summary>Own tasks and groups, public agents.</summary>
    public const string User = "user";

    /// <summary>Reads what a user reads.</summary>
    public const string Viewer = "viewer";

    /// <summary>A device's credential: its own agents' channel only.</summary>
    public const string Agent = "agent";

    /// <summary>An agent as a process of its own, by the token that was written at its making.</summary>
    public const string OwnAgent = "own_agent";

    /// <summary>One of our services talking to another.</summary>
    public const string Service = "service";

    public static IReadOnlyList<string> OfPeople { get; } = [Admin, Operator, User, Viewer];
}

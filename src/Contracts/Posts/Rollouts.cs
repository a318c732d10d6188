using System.Text.Json;
using System.Text.Json.Serialization;

namespace Agents.Contracts.Posts;

/// <summary>A version of a post goes to some of its agents first, and to more of them in steps.</summary>
/// <param name="Version">The newest where nothing is said; an older one goes back to it.</param>
/// <param name="Steps">Per cent of the agents, rising; 100 comes last where it isn't said. <c>[10, 50, 100]</c> where nothing is.</param>
/// <param name="Automatic">Goes on, or back, by what the tasks show. Going by hand is possible either way.</param>
/// <param name="Tasks">So many have to end with the new version before a step is judged.</param>
/// <param name="SuccessDrop">In points of a hundred: the new version may succeed so much less often than the old one.</param>
/// <param name="CostRise">In per cent: a task may cost so much more than with the old one; tokens are compared where no cost is told.</param>
/// <param name="MinSuccess">In per cent, where there is nothing to compare with.</param>
public sealed record RolloutRequest(
    int? Version = null, IReadOnlyList<int>? Steps = null, bool? Automatic = null, int? Tasks = null, double? SuccessDrop = null, double? CostRise = null,
    double? MinSuccess = null, string? Note = null) : IValidated
{
    private const int MostSteps = 20;

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.Range(Version, 1, int.MaxValue);
        problems.Range(Tasks, 1, 10_000);
        problems.OptionalText(Note, 0, CreatePostRequest.MaxNote);
        Percent(problems, SuccessDrop, 100, "success_drop");
        Percent(problems, CostRise, 10_000, "cost_rise");
        Percent(problems, MinSuccess, 100, "min_success");
        if (Steps is { Count: 0 or > MostSteps } || Steps?.Any(step => step is < 1 or > 100) is true || Steps?.Zip(Steps.Skip(1)).Any(pair => pair.First >= pair.Second) is true)
        {
            problems.Add("steps", $"must be 1 to {MostSteps} rising numbers from 1 to 100");
        }
    }

    private static void Percent(Problems problems, double? value, double most, string field)
    {
        if (value is { } given && !(given >= 0 && given <= most))
        {
            problems.Add(field, $"must be between 0 and {most}");
        }
    }
}

/// <summary>Whether it goes on by itself.</summary>
public sealed record ChangeRolloutRequest(bool? Automatic) : IValidated
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.Required(Automatic);
    }
}

/// <summary>Why a person takes a step, for who reads it later.</summary>
public sealed record RolloutNote(string? Note = null) : IValidated
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        problems.OptionalText(Note, 0, CreatePostRequest.MaxNote);
    }
}

/// <param name="From">The version that the other agents follow.</param>
/// <param name="State">See <see cref="RolloutState"/>.</param>
/// <param name="Reason">Why it stands where it stands, in words.</param>
/// <param name="Percent">The share of this step.</param>
/// <param name="Agents">Which have been given the new version.</param>
/// <param name="New">Of the new version, in this step.</param>
/// <param name="Old">Of the other agents, since it began.</param>
/// <param name="Before">Of the post in the thirty days before, where the other agents alone tell too little.</param>
public sealed record RolloutView(
    string Id, string PostId, int From, int To, string State, string Reason, IReadOnlyList<int> Steps, int Step, int Percent, bool Automatic, RolloutTerms Terms,
    IReadOnlyList<string> Agents, TrialTally New, TrialTally Old, TrialTally Before, string Note, PostAuthor StartedBy, DateTimeOffset StartedAt, DateTimeOffset StepAt,
    DateTimeOffset? EndedAt);

public sealed record RolloutTerms(int Tasks, double SuccessDrop, double CostRise, double MinSuccess)
{
    public static RolloutTerms Usual { get; } = new(20, 5, 20, 80);
}

/// <summary>Attempts that ended, each try by itself; what a person canceled is not among them.</summary>
/// <param name="Success">In per cent; null before any ended.</param>
public sealed record TrialTally(long Done, long Failed, double? Success, long Tokens, double CostUsd);

public static class RolloutState
{
    public const string Running = "running";

    /// <summary>All agents follow the new version.</summary>
    public const string Done = "done";

    /// <summary>All agents follow the old one again.</summary>
    public const string Back = "back";
}

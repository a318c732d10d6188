using Agents.Daemon.Work.Files;

namespace Agents.Daemon.Work.Moves;

/// <summary>What there is of a task that goes on elsewhere, as the package's first file tells it.</summary>
/// <param name="DeviceId">Where it was.</param>
/// <param name="SessionFile">What the conversation's file is called, where the package has it.</param>
/// <param name="PromptTaken">Its program had begun with the prompt.</param>
/// <param name="Untaken">What people had said to it, and it had not taken up.</param>
/// <param name="Unanswered">What it had asked, and nobody had answered.</param>
/// <param name="Tree">Of its working tree, where it had one of a repository.</param>
/// <param name="Files">How many of its own folder are in the package.</param>
/// <param name="Left">What is not.</param>
internal sealed record MovedWork(
    string DeviceId, string Runner, string? SessionId, string? SessionFile, bool PromptTaken, IReadOnlyList<string> Untaken, IReadOnlyList<string> Unanswered, MovedTree? Tree, int Files,
    IReadOnlyList<LeftFile> Left);

/// <summary>Commits: where the task began, where it had got to, what was added for the next commit, and all that lay about.</summary>
internal sealed record MovedTree(string Base, string Head, string Index, string All, int Commits, int Changed);

/// <summary>How much goes along.</summary>
internal sealed record MoveLimits
{
    /// <summary>Of all that is packed, before it is made smaller: with that it is as large as the server takes it in the worst case.</summary>
    public long Together { get; init; } = 95L << 20;

    public long Session { get; init; } = 32L << 20;

    public int Entries { get; init; } = 20_000;

    /// <summary>How many texts, and how long each: of people and of questions.</summary>
    public int Texts { get; init; } = 200;

    public int Text { get; init; } = 64 * 1024;
}

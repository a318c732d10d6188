namespace Agents.Daemon.Work.Moves;

/// <summary>What was said to a program that is stopped and it has not taken up, and what it had asked.</summary>
internal sealed record Unfinished(bool PromptTaken, IReadOnlyList<string> Untaken, IReadOnlyList<string> Unanswered);

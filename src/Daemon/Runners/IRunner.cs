using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Daemon.Mcp;
using Agents.Daemon.Processes;
using Agents.Daemon.Work;
using Agents.Daemon.Work.Moves;

namespace Agents.Daemon.Runners;

/// <summary>What is to be done, with all that was fetched.</summary>
/// <param name="Mcp">How the program gets at the tools of its colleagues; null where it has none.</param>
/// <param name="IsAfresh">The conversation that it was to go on with can't be gone on with.</param>
/// <param name="Unfinished">It was begun elsewhere, and this was not finished there.</param>
internal sealed record RunnerTask(
    TaskOrder Order, AgentSetup Setup, string? Prompt, JsonElement? Input, string Folder, string Home, bool IsAfresh = false, Unfinished? Unfinished = null, McpLaunch? Mcp = null)
{
    /// <summary>The conversation to go on with.</summary>
    public string? SessionId => IsAfresh ? null : Order.SessionId;

    public RunnerTask Afresh() => this with { IsAfresh = true };
}

/// <param name="Environment">What this program wants besides; the post's own variables come before it.</param>
/// <param name="FirstWord">So long it may take until it says anything at all; null where it need not ever.</param>
internal sealed record Launch(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string>? Environment = null, TimeSpan? FirstWord = null);

/// <summary>
/// One attempt at a task with one kind of program: what is started, how one talks with it, and what its end means. Where it runs,
/// how long, within which limits, and how it is stopped is the same for all and no concern of it.
/// </summary>
internal interface IRunner
{
    /// <exception cref="WorkFault">The program can't be started so.</exception>
    Launch Launch();

    /// <summary>Until there is nothing more to say or to hear. What it says goes to <paramref name="voice"/>, which takes the secrets out.</summary>
    /// <returns>True where its work is over by then, and it is ended if it stays; else it may go on for as long as it likes.</returns>
    Task<bool> TalkAsync(ProgramPipes program, IVoice voice, IPeople people, CancellationToken cancellationToken);

    /// <summary>Asks it by its own protocol to stop. False where it has none, or hears nothing any more.</summary>
    ValueTask<bool> AskToStopAsync();

    /// <summary>Whether it has begun with its prompt. Asked after its end.</summary>
    bool HasTakenPrompt => true;

    /// <summary>What it was to be told besides and had not taken up when it ended.</summary>
    IReadOnlyList<string> Untaken => [];

    /// <summary>What it came to. Called once, after its output ended.</summary>
    /// <param name="lastWords">The end of what it said on stderr.</param>
    RunEnd End(int exitCode, string lastWords);
}

using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Daemon.Processes;
using Agents.Daemon.Work;

namespace Agents.Daemon.Runners;

/// <summary>What is to be done, with all that was fetched.</summary>
internal sealed record RunnerTask(TaskOrder Order, AgentSetup Setup, string? Prompt, JsonElement? Input, string Folder);

/// <param name="Environment">What this program wants besides; the post's own variables come before it.</param>
internal sealed record Launch(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string>? Environment = null);

/// <summary>
/// One attempt at a task with one kind of program: what is started, how one talks with it, and what its end means. Where it runs,
/// how long, within which limits, and how it is stopped is the same for all and no concern of it.
/// </summary>
internal interface IRunner
{
    /// <exception cref="WorkFault">The program can't be started so.</exception>
    Launch Launch();

    /// <summary>Until its output ends. What it says goes to <paramref name="voice"/>, which takes the secrets out.</summary>
    Task TalkAsync(TaskProgram program, IVoice voice, CancellationToken cancellationToken);

    /// <summary>Asks it by its own protocol to stop. False where it has none, or hears nothing any more.</summary>
    ValueTask<bool> AskToStopAsync(TaskProgram program);

    /// <summary>What it came to. Called once, after its output ended.</summary>
    /// <param name="lastWords">The end of what it said on stderr.</param>
    RunEnd End(int exitCode, string lastWords);
}

/// <summary>What a runner has to tell while the program works. Nothing in it blocks.</summary>
internal interface IVoice
{
    /// <summary>A piece of text, cut anywhere, of kind <c>text</c>, <c>thinking</c> or <c>log</c>.</summary>
    /// <returns>What may be kept of it: without secrets. Some of it may come with the next piece.</returns>
    string Text(string kind, ReadOnlySpan<char> piece);

    /// <summary>No more of this kind.</summary>
    string EndOfText(string kind);

    /// <summary>Of kind <c>tool</c>, <c>usage</c> or <c>status</c>.</summary>
    void Say(string kind, JsonElement data);

    /// <summary>As soon as it is known: a crash then keeps it.</summary>
    void Session(string id);
}

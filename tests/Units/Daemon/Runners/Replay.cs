using Agents.Contracts.Realtime;
using Agents.Daemon.Runners;
using Agents.Daemon.Work;

namespace Agents.Tests.Units.Daemon.Runners;

/// <summary>A runner and a transcript, from the first line to what it came to.</summary>
internal sealed class Replay
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private Replay(ScriptedProgram program, ScriptedPeople people) => (Program, People) = (program, people);

    public ScriptedProgram Program { get; }

    public ScriptedPeople People { get; }

    public HeardVoice Voice { get; } = new();

    public RunEnd End { get; private set; } = null!;

    /// <param name="session">The conversation that it is to go on with.</param>
    public static RunnerTask Task(AgentSetup? setup = null, string? session = null) =>
        new(new TaskOrder("t", 1, 20, "a", "", "do it", null, null, session), setup ?? new(), "do it", null, "/tmp/nowhere/t", "/tmp/nowhere");

    public static async Task<Replay> OfAsync(string transcript, IRunner runner, ScriptedPeople? people = null, int exitCode = 0, string lastWords = "")
    {
        var replay = new Replay(new(transcript), people ?? new(new(true, By: "u1")));
        var talking = runner.TalkAsync(replay.Program.Pipes, replay.Voice, replay.People, CancellationToken.None);
        await replay.Program.PlayAsync().WaitAsync(Limit);
        Assert.True(await talking.WaitAsync(Limit));
        replay.End = runner.End(exitCode, lastWords);
        return replay;
    }
}

using Agents.Daemon.Runners.Codex;

namespace Agents.Tests.Units.Daemon.Runners;

public sealed class CodexTurnsTests
{
    [Fact(DisplayName = "What went into a turn and is no part of the conversation yet, and what waits for the next one, has not been taken up")]
    public void Untaken()
    {
        var turns = new CodexTurns();
        turns.Leave("for the next turn");
        turns.Steered("be quick");
        turns.Steered("be kind");
        turns.Taken("be quick");
        turns.Taken("the prompt");

        Assert.Equal(["be kind", "for the next turn"], turns.Untaken());
    }
}

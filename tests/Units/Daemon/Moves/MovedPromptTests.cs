using Agents.Contracts.Realtime;
using Agents.Daemon.Runners;
using Agents.Daemon.Work;

namespace Agents.Tests.Units.Daemon.Moves;

public sealed class MovedPromptTests
{
    [Fact]
    public void Of_TheConversationGoesOn_TellsWhatWasNotHeardAndNotThePromptAgain()
    {
        var told = Prompts.Of(Task("s") with { Unfinished = new(true, ["be quick", "be kind"], ["May I?"]) });

        Assert.Contains("You were interrupted", told, StringComparison.Ordinal);
        Assert.DoesNotContain("what to do", told, StringComparison.Ordinal);
        Assert.Contains("nobody has answered. Ask again where you still have to know:)\nMay I?", told, StringComparison.Ordinal);
        Assert.EndsWith("be quick\n\nbe kind", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ThePromptWasNotTaken_TellsItToo() =>
        Assert.Contains("what to do", Prompts.Of(Task("s") with { Unfinished = new(false, [], []) }), StringComparison.Ordinal);

    [Fact]
    public void Of_TheConversationIsLost_TellsAllFromTheBeginning()
    {
        var told = Prompts.Of((Task("s") with { Unfinished = new(true, ["be quick"], []) }).Afresh());

        Assert.Contains("can't be taken up again", told, StringComparison.Ordinal);
        Assert.Contains("begun on another machine", told, StringComparison.Ordinal);
        Assert.EndsWith("what to do\n\nbe quick", told, StringComparison.Ordinal);
    }

    [Fact]
    public void End_OfAnInbox_GivesWhatWaitsAndTakesNoMore()
    {
        var inbox = new Inbox();
        inbox.Put("one");

        Assert.Equal(["one"], inbox.End());
        Assert.NotNull(inbox.Put("two"));
        Assert.Empty(inbox.End());
    }

    private static RunnerTask Task(string? session) => new(new TaskOrder("t", 1, 20, "a", "", "what to do", null, null, session), new AgentSetup(), "what to do", null, "/tmp", "/tmp");
}

using Agents.Contracts.Scheduler;
using Agents.Scheduler.Reports;
using Agents.Scheduler.Sessions;

namespace Agents.Tests.Units.Scheduler.Sessions;

public sealed class SessionBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Add_WhileItRunsAndWhenItEnds_IsOneSessionThatGetsItsAgentsName()
    {
        var running = Book(Fact(1, "running"));
        var ended = new SessionBook(running.Changed, new Dictionary<Guid, Guid>());
        Assert.Equal(Id(1).ToString(), Assert.Single(running.Changed).Id);

        ended.Add(Fact(1, "done", reported: "talk", usage: """{"input_tokens":5}"""), "p");

        var session = Assert.Single(ended.Changed);
        Assert.Equal(("talk", "talk", 1, 5), (session.Id, session.AgentSession, session.Tasks, session.Usage.InputTokens));
        Assert.Empty(ended.Joined);
    }

    [Fact]
    public void Add_OfOneThatGoesOn_KeepsTheSessionsIdAndLearnsItsNewName()
    {
        var book = Book(Fact(1, "done", reported: "first"), Fact(2, "done", given: "first", reported: "second"), Fact(3, "done", reported: "second"), Fact(4, "done", given: Id(1).ToString()));

        var session = Assert.Single(book.Changed);
        Assert.Equal(("first", "second", 4), (session.Id, session.AgentSession, session.Tasks));
        Assert.Equal([Id(2), Id(3), Id(4)], book.Joined.Keys);
    }

    [Fact]
    public void Add_OfAnotherOwnersSameName_IsAnotherSession()
    {
        var book = Book(Fact(1, "done", reported: "main"), Fact(2, "done", reported: "main", owner: "other"), Fact(3, "done", reported: "main", owner: "other"));

        Assert.Equal(["main", Id(2).ToString()], book.Changed.Select(session => session.Id));
        Assert.Equal([1, 2], book.Changed.Select(session => session.Tasks));
    }

    [Fact]
    public void Add_WhereSomebodysAgentTookTheTasksIdForAName_IsASessionAllTheSame()
    {
        var book = Book(Fact(1, "done", reported: Id(2).ToString()), Fact(2, "done", owner: "other"));

        Assert.Equal(2, book.Changed.Select(session => session.Id).Distinct().Count());
        Assert.Equal([Id(1), Id(2)], book.Changed.Select(session => session.FirstTask));
    }

    [Fact]
    public void Add_OfATaskTwice_CountsItOnce() => Assert.Equal(
        2, Assert.Single(Book(Fact(1, "done", reported: "talk"), Fact(2, "running", given: "talk"), Fact(2, "done", given: "talk")).Changed).Tasks);

    [Fact]
    public void Add_WhereNobodySaidAnything_IsNoSession()
    {
        var book = Book(
            Fact(1, "done", prompt: " "), Fact(2, "canceled") with { StartedAt = null }, Fact(3, "canceled") with { Agent = null }, Fact(4, "done", prompt: null, reported: "not an id"));

        Assert.Empty(book.Changed);
    }

    [Theory]
    [InlineData("\r\n  one \n two", "one")]
    [InlineData(null, "a type")]
    [InlineData(" \n ", "a type")]
    public void Title_OfAPrompt_IsItsFirstLineThatSaysSomething(string? prompt, string title) => Assert.Equal(title, SessionTitle.Of(prompt, "a type"));

    [Fact]
    public void Title_OfALongLine_IsCutBetweenCharacters()
    {
        var family = "👩‍👩‍👧";
        var title = SessionTitle.Of(string.Concat(Enumerable.Repeat(family, SessionRow.TitleLength + 1)), "");

        Assert.Equal($"{string.Concat(Enumerable.Repeat(family, SessionRow.TitleLength - 1))}…", title);
        Assert.Equal(string.Concat(Enumerable.Repeat(family, SessionRow.TitleLength)), SessionTitle.Of(string.Concat(Enumerable.Repeat(family, SessionRow.TitleLength)), ""));
    }

    private static Guid Id(byte n) => new([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, n]);

    private static WorkFact Fact(byte n, string status, string? prompt = "hello", string? given = null, string? reported = null, string owner = "me", string? usage = null) =>
        new(Id(n), status, Now.AddSeconds(n), "agent", "device", owner, null, "", prompt, given, Now, reported, Now, 1, usage);

    private static SessionBook Book(params WorkFact[] facts)
    {
        var book = new SessionBook([], new Dictionary<Guid, Guid>());
        foreach (var fact in facts)
        {
            book.Add(fact, null);
        }

        return book;
    }
}

using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Link;
using Agents.Daemon.Redaction;
using Agents.Daemon.Runners;
using Agents.Daemon.State;
using Agents.Daemon.Work;
using Agents.Tests.App.Daemon;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Daemon;

public sealed class PeopleTests
{
    private static readonly TaskAttempt Attempt = new("t", 1);

    private readonly ManualTime _time = new();
    private readonly Outbox _outbox = new();
    private readonly Inbox _inbox = new();

    [Fact]
    public async Task Ask_Answered_FirstAnswerCounts()
    {
        var questions = new Questions(_outbox, _time);
        var asking = Of(questions).AskAsync(Permission("say s3cret-value"), CancellationToken.None);
        var asked = await NextAsync();
        Assert.Equal(("say ***", "deny"), (asked.Title, asked.Default));
        Assert.True(questions.Any(Attempt));

        questions.Answered(new(asked.QuestionId, Allow: true, By: "u1"));
        questions.Answered(new(asked.QuestionId, Allow: false));

        Assert.Equal(new(true, By: "u1"), await asking);
        Assert.False(questions.Any(Attempt));
    }

    [Fact]
    public async Task Ask_NobodyAnswers_IsDeniedWhenTheTimeIsOver()
    {
        var asking = Of(new(_outbox, _time)).AskAsync(Permission("x"), CancellationToken.None);
        await NextAsync();

        _time.Advance(Questions.Limit);

        Assert.Equal(new(false, "deny", InTime: false), await asking);
    }

    [Fact]
    public async Task Ask_NewConnection_GoesAgainUntilItIsAnswered()
    {
        var questions = new Questions(_outbox, _time);
        var asking = Of(questions).AskAsync(Permission("x"), CancellationToken.None);
        var first = await NextAsync();

        questions.Again();
        Assert.Equal(first.QuestionId, (await NextAsync()).QuestionId);
        questions.Answered(new(first.QuestionId, Option: "allow"));
        Assert.True((await asking).Allow);
        questions.Again();

        Assert.False(_outbox.FirstAsync(CancellationToken.None).IsCompleted);
    }

    [Fact(DisplayName = "A question that was sent and not answered goes again after a while, for its answer may have been lost on its way")]
    public async Task AnswerIsLost()
    {
        var questions = new Questions(_outbox, _time);
        var asking = Of(questions).AskAsync(Permission("x"), CancellationToken.None);
        var first = await NextAsync();
        Assert.False(_outbox.FirstAsync(CancellationToken.None).IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(first.QuestionId, (await NextAsync()).QuestionId);
        questions.Answered(new(first.QuestionId, Allow: true));
        Assert.True((await asking).Allow);
    }

    [Fact]
    public async Task Ask_AServerThatKnowsNoQuestions_IsDeniedAtOnce()
    {
        var asking = Of(new(_outbox, _time)).AskAsync(Permission("x"), CancellationToken.None);

        (await _outbox.FirstAsync(CancellationToken.None)).Wrong!("no such type");

        Assert.False((await asking).Allow);
    }

    [Fact]
    public async Task Ask_ProgramHasEnded_IsForgotten()
    {
        using var over = new CancellationTokenSource();
        var questions = new Questions(_outbox, _time);
        var asking = Of(questions).AskAsync(Permission("x"), over.Token);

        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.False(questions.Any(Attempt));
    }

    [Fact]
    public async Task Inbox_SomethingWaitsOrIsInHand_DoesNotEnd()
    {
        Assert.Null(_inbox.Put("one"));
        Assert.False(_inbox.TryEnd());
        Assert.Equal("one", await _inbox.NextAsync(CancellationToken.None));
        Assert.False(_inbox.TryEnd());
        _inbox.Given();

        Assert.True(_inbox.TryEnd());
        Assert.Equal("the program has ended its work", _inbox.Put("two"));
        Assert.Null(await _inbox.NextAsync(CancellationToken.None));
    }

    [Fact]
    public void Inbox_Full_SaysSo()
    {
        Assert.All(Enumerable.Range(0, Inbox.Most), _ => Assert.Null(_inbox.Put("x")));

        Assert.Equal("100 wait already", _inbox.Put("x"));
    }

    [Fact]
    public void SpentSessions_Written_AreKnownToTheNextDaemon()
    {
        var folder = Directory.CreateTempSubdirectory("ccc-spent-").FullName;
        new SpentSessions(new(folder, folder), NullLogger.Instance).Add("s1");

        var next = new SpentSessions(new Folders(folder, folder), NullLogger.Instance);

        Assert.Equal((true, false), (next.Has("s1"), next.Has("s2")));
    }

    private RunPeople Of(Questions questions) => new(Attempt, new Redactor(["s3cret-value"]), questions, _inbox);

    private static Question Permission(string title) => new(QuestionKind.Permission, title, null, ["allow", "deny"], "deny");

    private async Task<TaskQuestion> NextAsync()
    {
        var frame = await _outbox.FirstAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        _outbox.Remove(frame);
        return JsonSerializer.Deserialize(frame.Payload, Agents.Daemon.DaemonJson.Wire.TaskQuestion)!;
    }
}

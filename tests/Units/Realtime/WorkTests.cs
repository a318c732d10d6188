using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Work;

namespace Agents.Tests.Units.Realtime;

public sealed class WorkTests
{
    private readonly WordQueue _queue = new(TimeProvider.System);

    [Fact]
    public async Task Take_WordsOfTasks_InTheirOrderAndAtMostSoMany()
    {
        foreach (var n in Enumerable.Range(0, 5))
        {
            await _queue.SayAsync(Word(WordKind.Accept, $"{n}"), CancellationToken.None);
        }

        Assert.Equal(["0", "1", "2"], _queue.Take(3).Select(word => word.TaskId));
        Assert.Equal(["3", "4"], _queue.Take(3).Select(word => word.TaskId));
    }

    [Fact]
    public void Turn_SeveralOfOneHolder_TheNewestConnectionsLastCounts()
    {
        _queue.Turn(new(WordKind.Here, "h", "2"));
        _queue.Turn(new(WordKind.Gone, "h", "1"));
        Assert.Equal((WordKind.Here, "2"), _queue.Take(9).Select(word => (word.Kind, word.Connection)).Single());

        _queue.Turn(new(WordKind.Here, "h", "3"));
        _queue.Turn(new(WordKind.Gone, "h", "3"));
        Assert.Equal(WordKind.Gone, _queue.Take(9).Single().Kind);
    }

    [Fact]
    public async Task Take_CrumbsOfText_AreOneWordWithTheLastNumber()
    {
        foreach (var (seq, text) in new[] { (1, "a"), (2, "b"), (3, "c") })
        {
            await _queue.SayAsync(Text(seq, text), CancellationToken.None);
        }

        var word = _queue.Take(9).Single();
        Assert.Equal(("abc", 3L), (word.Data!.Value.GetString(), word.Seq));
    }

    [Theory]
    [InlineData("other task", "text", "x")]
    [InlineData("t", "thinking", "x")]
    [InlineData("t", "log", "x")]
    public async Task Take_WhatIsNotTheSameText_StaysApart(string task, string kind, string text)
    {
        await _queue.SayAsync(Text(1, "a"), CancellationToken.None);
        await _queue.SayAsync(Text(2, text) with { TaskId = task, What = kind }, CancellationToken.None);

        Assert.Equal(2, _queue.Take(9).Count);
    }

    [Fact]
    public async Task Take_LongTexts_AreNotJoinedWithoutEnd()
    {
        await _queue.SayAsync(Text(1, new('a', 20_000)), CancellationToken.None);
        await _queue.SayAsync(Text(2, new('b', 20_000)), CancellationToken.None);

        Assert.Equal(2, _queue.Take(9).Count);
    }

    [Fact]
    public async Task Say_NobodyTakesThem_ProgressIsLeftOutBeforeResultsHaveToWait()
    {
        _queue.IsStuck = true;
        for (var n = 0; n < 25_010; n++)
        {
            await _queue.SayAsync(Word(WordKind.Result, "t"), CancellationToken.None);
        }

        await _queue.SayAsync(Text(1, "a"), CancellationToken.None);

        Assert.Equal(1, _queue.Dropped);
        Assert.DoesNotContain(_queue.Take(100_000), word => word.Kind is WordKind.Progress);
    }

    [Fact]
    public async Task Say_FullQueue_Waits()
    {
        for (var n = 0; n < 50_000; n++)
        {
            await _queue.SayAsync(Word(WordKind.Accept, "t"), CancellationToken.None);
        }

        var waits = _queue.SayAsync(Word(WordKind.Accept, "last"), CancellationToken.None);
        Assert.False(waits.IsCompleted);
        _queue.Take(10);
        await waits;
    }

    private static HolderWord Word(WordKind kind, string task) => new(kind, "h", "c", task, 1);

    private static HolderWord Text(long seq, string text) =>
        new(WordKind.Progress, "h", "c", "t", 1, Seq: seq, What: "text", Data: JsonSerializer.SerializeToElement(text));
}

using System.Text;
using System.Text.Json;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Groups.Works;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.Units.Realtime.Groups;

/// <summary>What a thread is told of work that was asked for in it.</summary>
public sealed class WorksTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly ToldWork _work = new(new() { EntryId = Guid.Empty, AgentId = "a", GroupId = "g", Thread = Guid.Empty, At = Now, TaskId = "t" }, Now);

    [Fact]
    public void Next_Words_AreToldTogetherAfterAWhile()
    {
        _work.Happened(Text(3, "I read "));
        _work.Happened(Text(4, "the code."));

        Assert.Null(_work.Next(Now + ToldWork.Every - TimeSpan.FromTicks(1)));
        Assert.Equal((4, "I read the code."), _work.Next(Now + ToldWork.Every));
        Assert.Null(_work.Next(Now + (2 * ToldWork.Every)));
    }

    [Fact]
    public void Next_ManyWords_TellsTheirEnd()
    {
        for (var n = 1; n <= 5_000; n++)
        {
            _work.Happened(Text(n, "blah "));
        }

        _work.Happened(Text(5_001, "the end"));
        var (_, text) = _work.Next(Now + ToldWork.Every)!.Value;

        Assert.StartsWith("… ", text, StringComparison.Ordinal);
        Assert.EndsWith("the end", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 900, 1_010);
    }

    [Theory]
    [InlineData(TaskStatus.Waiting, 1, "Waits for an answer.")]
    [InlineData(TaskStatus.Queued, 1, "Was interrupted, and begins again.")]
    [InlineData(TaskStatus.Queued, 0, null)]
    [InlineData(TaskStatus.Running, 1, null)]
    public void Next_State_IsToldAtOnce(string status, int attempt, string? told)
    {
        _work.Happened(new("e", 2, "state", status, attempt, "a", null, Now, null, null));

        Assert.Equal(told, _work.Next(Now)?.Text);
        Assert.False(_work.HasEnded);
    }

    [Theory]
    [InlineData("\"well\"", "well")]
    [InlineData("{\"text\":\"well\",\"exit_code\":0}", "well")]
    [InlineData("{\"text\":\" \"}", "```json\n{\"text\":\" \"}\n```")]
    [InlineData("{\"n\":1}", "```json\n{\"n\":1}\n```")]
    [InlineData("\"\"", "Done.")]
    [InlineData("null", "Done.")]
    public void Of_Result_IsItsText(string result, string text) => Assert.Equal(text, ResultText.Of(Standing(result)));

    [Fact]
    public void Of_LongResult_IsCutBetweenLettersAndSaysWhereTheRestIs()
    {
        var text = ResultText.Of(Standing(JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("长文🙂", 10_000)))));

        Assert.InRange(Encoding.UTF8.GetByteCount(text), SaidText.MaxBytes - 600, SaidText.MaxBytes);
        Assert.EndsWith("the result of task t", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
    }

    private static TaskEventView Text(long number, string text) => new("e", number, "text", null, 1, "a", null, Now, JsonSerializer.SerializeToElement(text), null);

    private static TaskStanding Standing(string result) => new("t", TaskStatus.Done, JsonElement.Parse(result), null, null, null, new(0, 0, 0));
}

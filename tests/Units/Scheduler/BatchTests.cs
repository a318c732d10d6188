using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Tasks;
using static Agents.Tests.Units.Scheduler.Lines;

namespace Agents.Tests.Units.Scheduler;

public sealed class BatchTests
{
    private readonly Fleet _fleet = new();
    private readonly Submission _submission;

    public BatchTests() => _submission = new(null!, null!, null!, _fleet, null!, new(null!, TimeProvider.System, null!), new(null!, null!, _fleet), null!, new ManualTimeProvider());

    [Fact]
    public void Of_NamedByEachOther_DependOnTheIdsInTheOrderOfTheBatch()
    {
        var batch = Of(Named("a"), Named(null, "#a", "#a"), Named("c", "#a"));

        Assert.Null(batch.Problems());
        Assert.Equal([[], [batch.Tasks[0].Id], [batch.Tasks[0].Id]], batch.Tasks.Select(task => task.DependsOn));
        Assert.True(batch.Tasks[0].At < batch.Tasks[1].At && batch.Tasks[1].At < batch.Tasks[2].At);
    }

    [Fact]
    public void Of_OneIsWrong_WhoWaitsForItIsToldAndTheOthersAreStored()
    {
        var batch = Of(Named("late", "#wrong"), Named("wrong", "#nobody"), Named("good"), Named(null, "#late"), Named(null, "#good"));

        Assert.Equal(["good", null], batch.Tasks.Select(task => task.Request.Ref));
        Assert.Equal(["tasks[0].depends_on", "tasks[1].depends_on", "tasks[3].depends_on"], batch.Problems()!.Errors.Keys.Order());
        Assert.Equal("there is no #wrong in this batch", batch.Problems()!.Errors["tasks[0].depends_on"].Single());
    }

    [Fact]
    public void Of_DoubledAndCircular_SaysWhich()
    {
        var batch = Of(Named("a"), Named("a"), Named("x", "#y"), Named("y", "#x"), Named("z", "#a"));

        Assert.Equal(["a", "z"], batch.Tasks.Select(task => task.Request.Ref));
        Assert.Equal("is another task's of this batch", batch.Problems()!.Errors["tasks[1].ref"].Single());
        Assert.Equal("goes round in a circle", batch.Problems()!.Errors["tasks[2].depends_on"].Single());
    }

    [Fact]
    public void Of_NullAmongTheDependencies_IsAnErrorOfThatTask()
    {
        var batch = Of(Named("a"), Named(null, [null!]));

        Assert.Single(batch.Tasks);
        Assert.Equal("tasks[1].depends_on", Assert.Single(batch.Problems()!.Errors).Key);
    }

    [Fact]
    public void Of_NamesThatNobodyHas_EachIsTold()
    {
        _fleet.Saved(Workers.Agent("hidden", visibility: AgentVisibility.Private));
        var batch = Of(new(AgentId: "hidden"), new(PostId: "p"), new(Requires: new(Device: "d")), new(DependsOn: ["x"]), new(Timeout: 0));

        Assert.Equal(
            ["tasks[0].agent_id", "tasks[1].post_id", "tasks[2].requires.device", "tasks[3].depends_on", "tasks[4].timeout"],
            batch.Problems()!.Errors.Keys.Order());
    }

    [Fact]
    public void Answer_EachAtItsPlace_WhateverBecameOfIt()
    {
        var batch = Of(Named("a"), Named("a"), Named("b"), Named("c"), Named("d"));
        var there = Guid.NewGuid();
        var items = batch.Answer(
            [new Submitted.Stored(Id(1), "queued"), new Submitted.Refused("depends_on", "is gone"), new Submitted.Rejected(there), new Submitted.Stored(Id(2), "blocked", true)]);

        Assert.Equal([Id(1).ToString(), null, null, null, Id(2).ToString()], items.Select(item => item.TaskId));
        Assert.Equal([null, (int)ErrorCode.Invalid, (int)ErrorCode.Invalid, (int)ErrorCode.Clash, null], items.Select(item => item.Code));
        Assert.Equal(("ref is another task's of this batch", "depends_on is gone"), (items[1].Message, items[2].Message));
        Assert.Contains(there.ToString(), items[3].Message);
    }

    [Fact]
    public void Problems_RefusedWhenStored_StandAtThePlaceInTheBatch()
    {
        var batch = Of(Named("a"), Named("a"), Named("b"));

        var problems = batch.Problems([new Submitted.Stored(Id(1), "queued"), new Submitted.Refused("depends_on", "is gone")]);

        Assert.Equal(["tasks[1].ref", "tasks[2].depends_on"], problems!.Errors.Keys.Order());
    }

    [Fact]
    public void Answer_OfWhatNobodyKnows_Throws() => Assert.Throws<InvalidOperationException>(() => Of(Named("a")).Answer([null!]));

    private Batch Of(params SubmitTaskRequest[] requests) => Batch.Of(requests, _submission, new("me", SeesAll: false));
}

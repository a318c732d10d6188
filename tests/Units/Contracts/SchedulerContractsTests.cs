using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.Units.Contracts;

public sealed class SchedulerContractsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<SubmitTaskRequest, string> Wrong => new()
    {
        { new(AgentId: "a b"), "agent_id" },
        { new(PostId: ""), "post_id" },
        { new(SessionId: new('s', 129)), "session_id" },
        { new(Type: new('t', 65)), "type" },
        { new(Type: "a\0"), "type" },
        { new(Ref: ""), "ref" },
        { new(Ref: new('r', 65)), "ref" },
        { new(DedupKey: ""), "dedup_key" },
        { new(DedupKey: new('k', 256)), "dedup_key" },
        { new(Prompt: new('ä', (SubmitTaskRequest.MaxPromptBytes / 2) + 1)), "prompt" },
        { new(Prompt: "a\0"), "prompt" },
        { new(Input: Text(SubmitTaskRequest.MaxInputBytes)), "input" },
        { new(Options: Text(16 * 1024)), "options" },
        { new(Labels: new Dictionary<string, string> { [""] = "x" }), "labels" },
        { new(Timeout: 0), "timeout" },
        { new(Timeout: (30 * 24 * 3600) + 1), "timeout" },
        { new(MaxAttempts: 0), "max_attempts" },
        { new(MaxAttempts: 101), "max_attempts" },
        { new(DedupWindow: 0), "dedup_window" },
        { new(OnDependencyFailure: "wait"), "on_dependency_failure" },
        { new(DedupPolicy: "maybe"), "dedup_policy" },
        { new(Requires: new([""])), "requires.capabilities" },
        { new(Requires: new(Labels: new Dictionary<string, string> { ["a"] = null! })), "requires.labels" },
        { new(Requires: new(Device: "a/b")), "requires.device" },
        { new(Retry: new(-1)), "retry.backoff" },
        { new(Retry: new(RetryPolicy.MaxBackoff + 1)), "retry.backoff" },
        { new(DependsOn: [.. Enumerable.Repeat("x", SubmitTaskRequest.MaxDependencies + 1)]), "depends_on" },
        { new(DependsOn: [""]), "depends_on" },
        { new(DependsOn: [null!]), "depends_on" },
        { new(DependsOn: [new('x', 129)]), "depends_on" },
        { new(NotBefore: Now, Deadline: Now), "deadline" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validate_OneThingWrong_NamesThatField(SubmitTaskRequest request, string field) => Assert.Equal([field], Fields(request));

    [Fact]
    public void Validate_NothingOrAllAtItsLimit_IsRight()
    {
        Assert.Empty(Fields(new SubmitTaskRequest()));
        Assert.Empty(Fields(new SubmitTaskRequest(
            "a", "p", new('t', 64), new('x', SubmitTaskRequest.MaxPromptBytes), Text(SubmitTaskRequest.MaxInputBytes - 2), new(100), new(["c"], Device: "d"),
            [.. Enumerable.Repeat(new string('x', 128), SubmitTaskRequest.MaxDependencies)], DependencyFailure.Run, new('r', 64), Now, Now.AddTicks(1),
            30 * 24 * 3600, 100, new(RetryPolicy.MaxBackoff), new('k', 255), DedupPolicy.ForceNew, 30 * 24 * 3600, "s", new Dictionary<string, string> { ["a"] = "" },
            Text((16 * 1024) - 2))));
        Assert.Empty(Fields(new SubmitTaskRequest(Deadline: Now)));
    }

    [Fact]
    public void Validate_ABatch_OneToAThousandTasks()
    {
        Assert.Empty(Fields(new SubmitBatchRequest([new()])));
        Assert.Equal(["tasks"], Fields(new SubmitBatchRequest([])));
        Assert.Equal(["tasks"], Fields(new SubmitBatchRequest(null!)));
        Assert.Equal(["tasks"], Fields(new SubmitBatchRequest([null!])));
        Assert.Equal(["tasks"], Fields(new SubmitBatchRequest([.. Enumerable.Repeat(new SubmitTaskRequest(), SubmitBatchRequest.MaxTasks + 1)])));
    }

    [Fact]
    public void Validate_ACancel_GraceAndReasonHaveLimits()
    {
        Assert.Empty(Fields(new CancelTaskRequest(600, new('r', 1000))));
        Assert.Equal(["grace_seconds"], Fields(new CancelTaskRequest(601)));
        Assert.Equal(["reason"], Fields(new CancelTaskRequest(Reason: new('r', 1001))));
    }

    [Fact]
    public void Priority_Written_IsItsNumber() => Assert.Equal("10", JsonSerializer.Serialize(Priority.Named("high"), WireJson.Options));

    [Fact]
    public void Status_AllOfThem_ThreeAreEndsAndFiveArePlain()
    {
        Assert.Equal([TaskStatus.Done, TaskStatus.Failed, TaskStatus.Canceled], TaskStatus.All.Where(TaskStatus.IsEnd));
        Assert.Equal(
            ["queued", "queued", "queued", "running", "running", "running", "done", "failed", "canceled"], TaskStatus.All.Select(TaskStatus.Plain));
    }

    [Fact]
    public void IsRetryable_WhatMayGoBetterNextTime() =>
        Assert.Equal(["device_lost", "timeout", "empty_result", "quota", "crashed", "bad_output"], TaskErrorKind.All.Where(TaskErrorKind.IsRetryable));

    /// <summary>As JSON it has the two marks besides.</summary>
    private static JsonElement Text(int length) => JsonSerializer.SerializeToElement(new string('x', length));

    private static IEnumerable<string> Fields(IValidated request)
    {
        var problems = new Problems();
        request.Validate(problems);
        return problems.ToErrors().Errors.Keys;
    }
}

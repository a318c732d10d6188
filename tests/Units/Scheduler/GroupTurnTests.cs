using System.Text.Json;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Groups;
using TaskStatus = Agents.Contracts.Scheduler.TaskStatus;

namespace Agents.Tests.Units.Scheduler;

/// <summary>What a group's task comes to.</summary>
public sealed class GroupTurnTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AllWaitsForTheLastOne()
    {
        Assert.IsType<GroupTurn.Wait>(Turn("all", Done("a", "1"), Open("b")));
        Assert.Equal("""["1","2"]""", Json(Turn("all", Done("a", "1"), Done("b", "2")), "members", "result"));
    }

    [Theory]
    [InlineData(TaskStatus.Failed)]
    [InlineData(TaskStatus.Canceled)]
    public void AllEndsWithTheFirstThatIsNotDone(string status)
    {
        var fail = Assert.IsType<GroupTurn.Fail>(Turn("all", Open("a"), Bad("b", status)));
        Assert.Contains("b did not get its part done", fail.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FirstTakesWhoWasDoneFirst()
    {
        var turn = Turn("first", Done("late", "2", 9), Bad("a", TaskStatus.Failed), Done("early", "1", 3), Open("b"));
        Assert.Equal("early", ((GroupTurn.Done)turn).Result.GetProperty("agent_id").GetString());
    }

    [Fact]
    public void FirstFailsWhenNobodyIsLeft()
    {
        Assert.IsType<GroupTurn.Wait>(Turn("first", Bad("a", TaskStatus.Failed), Open("b")));
        Assert.IsType<GroupTurn.Fail>(Turn("first", Bad("a", TaskStatus.Failed), Bad("b", TaskStatus.Failed)));
    }

    [Fact]
    public void AVoteIsOverWhenNoOneCanCatchUp()
    {
        Assert.IsType<GroupTurn.Wait>(Turn("vote", Done("a", "yes"), Open("b"), Open("c")));
        Assert.IsType<GroupTurn.Wait>(Turn("vote", Done("a", "yes"), Done("b", "yes"), Done("c", "no"), Open("d")));
        Assert.IsType<GroupTurn.Done>(Turn("vote", Done("a", "yes"), Done("b", "yes"), Open("c")));
        Assert.IsType<GroupTurn.Done>(Turn("vote", Done("a", "yes"), Bad("b", TaskStatus.Failed), Bad("c", TaskStatus.Canceled)));
    }

    [Fact]
    public void AVoteMayBeTiedOrEmpty()
    {
        Assert.Contains("tied: 1 for YES, 1 for NO", Assert.IsType<GroupTurn.Fail>(Turn("vote", Done("a", "yes"), Done("b", "no"))).Message, StringComparison.Ordinal);
        Assert.Contains("None", Assert.IsType<GroupTurn.Fail>(Turn("vote", Bad("a", TaskStatus.Failed))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"vote":" Yes ","because":"so"}""", "YES")]
    [InlineData("""{"choice":3}""", "3")]
    [InlineData("""{"text":"yes"}""", "YES")]
    [InlineData("""{"text":{"vote":"yes"}}""", "YES")]
    [InlineData("""{"a": 1}""", """{"a":1}""")]
    [InlineData("true", "true")]
    public void AChoiceIsFoundInWhatWasSaid(string result, string choice) => Assert.Equal(choice, Voting.ChoiceOf(JsonElement.Parse(result)));

    [Fact]
    public void NothingSaidIsAChoiceToo() => Assert.Equal("", Voting.ChoiceOf(null));

    [Fact]
    public void ALeadPlansFirst()
    {
        var plan = Assert.Single(Assert.IsType<GroupTurn.HandOut>(Turn("lead")).Parts);
        Assert.Equal(("a", GroupRole.Plan), (plan.Agent, plan.Role));
        Assert.Contains("a, b, c", plan.Prompt, StringComparison.Ordinal);
        Assert.IsType<GroupTurn.Wait>(Turn("lead", Open("a", GroupRole.Plan)));
        Assert.IsType<GroupTurn.Fail>(Turn("lead", Bad("a", TaskStatus.Failed, GroupRole.Plan)));
    }

    [Theory]
    [InlineData("""{"tasks":[{"agent_id":"b","prompt":"x"},{"agent_id":"c","prompt":"y"}]}""")]
    [InlineData(""" "{\"tasks\":[{\"agent_id\":\"b\",\"prompt\":\"x\"},{\"agent_id\":\"c\",\"prompt\":\"y\"}]}" """)]
    [InlineData("""{"text":"Well: {\"tasks\":[{\"agent_id\":\"b\",\"prompt\":\"x\"},{\"agent_id\":\"c\",\"prompt\":\"y\"}]} so."}""")]
    public void APlanIsReadFromWhatWasSaid(string result)
    {
        var parts = Assert.IsType<GroupTurn.HandOut>(Turn("lead", Said("a", result, GroupRole.Plan))).Parts;
        Assert.Equal([("b", "x"), ("c", "y")], parts.Select(part => (part.Agent, part.Prompt)));
    }

    [Theory]
    [InlineData("""{"tasks":[]}""", "0 parts")]
    [InlineData("""{"tasks":{}}""", "no JSON object")]
    [InlineData("""{"text":"I don't know"}""", "no JSON object")]
    [InlineData("""{"text":"} {"}""", "no JSON object")]
    [InlineData("""{"text":"{not json}"}""", "no JSON object")]
    [InlineData("""{"tasks":[{"agent_id":"b"}]}""", "part 1 has no")]
    [InlineData("""{"tasks":["b"]}""", "part 1 has no")]
    [InlineData("""{"tasks":[{"agent_id":"z","prompt":"x"}]}""", "z is not of the group")]
    [InlineData("7", "no JSON object")]
    public void APlanThatCanNotBeFollowedIsSaidToBeOne(string result, string wrong)
    {
        var fail = Assert.IsType<GroupTurn.Fail>(Turn("lead", Said("a", result, GroupRole.Plan)));
        Assert.Equal(TaskErrorKind.BadOutput, fail.Kind);
        Assert.Contains(wrong, fail.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALeadJoinsWhatWasDoneAndWhatWasNot()
    {
        var plan = Said("a", "{}", GroupRole.Plan);
        Assert.IsType<GroupTurn.Wait>(Turn("lead", plan, Done("b", "x", role: GroupRole.Part), Open("c", GroupRole.Part)));
        var join = Assert.Single(Assert.IsType<GroupTurn.HandOut>(Turn("lead", plan, Done("b", "of b", role: GroupRole.Part), Bad("c", TaskStatus.Failed, GroupRole.Part))).Parts);
        Assert.Equal(("a", GroupRole.Join), (join.Agent, join.Role));
        Assert.Contains("of b", join.Prompt, StringComparison.Ordinal);
        Assert.Contains("did not get done: it broke", join.Prompt, StringComparison.Ordinal);

        GroupTask[] tasks = [plan, Done("b", "of b", role: GroupRole.Part), Done("a", "all", role: GroupRole.Join)];
        Assert.Equal("all", Assert.IsType<GroupTurn.Done>(Turn("lead", tasks)).Result.GetProperty("result").GetString());
        Assert.IsType<GroupTurn.Wait>(Turn("lead", [.. tasks[..2], Open("a", GroupRole.Join)]));
        Assert.IsType<GroupTurn.Fail>(Turn("lead", [.. tasks[..2], Bad("a", TaskStatus.Failed, GroupRole.Join)]));
    }

    [Fact]
    public void WhatIsToBeJoinedIsCutToFit()
    {
        var part = Said("b", JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("😀", 40_000))), GroupRole.Part);
        var join = Assert.Single(Assert.IsType<GroupTurn.HandOut>(Turn("lead", Said("a", "{}", GroupRole.Plan), part)).Parts);
        Assert.InRange(join.Prompt.Length, 32_000, 34_000);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(join.Prompt)));
    }

    private static GroupTurn Turn(string strategy, params GroupTask[] tasks) =>
        GroupTurn.Of(new(Guid.NewGuid(), "g", strategy, strategy is "lead" ? "a" : null, ["a", "b", "c"]), "write a book", tasks);

    private static GroupTask Open(string agent, string role = GroupRole.Member) => new(Guid.NewGuid(), agent, role);

    private static GroupTask Said(string agent, string json, string role = GroupRole.Member) =>
        new(Guid.NewGuid(), agent, role, TaskStatus.Done, JsonElement.Parse(json), EndedAt: Noon);

    private static GroupTask Done(string agent, string result, int minute = 0, string role = GroupRole.Member) =>
        new(Guid.NewGuid(), agent, role, TaskStatus.Done, JsonSerializer.SerializeToElement(result), EndedAt: Noon.AddMinutes(minute));

    private static GroupTask Bad(string agent, string status, string role = GroupRole.Member) =>
        new(Guid.NewGuid(), agent, role, status, Error: new("failed", "it broke"), EndedAt: Noon);

    private static string Json(GroupTurn turn, string list, string field) =>
        JsonSerializer.Serialize(((GroupTurn.Done)turn).Result.GetProperty(list).EnumerateArray().Select(each => each.GetProperty(field)));
}

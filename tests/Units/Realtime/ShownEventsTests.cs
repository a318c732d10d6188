using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Realtime.Work;

namespace Agents.Tests.Units.Realtime;

public sealed class ShownEventsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("me", Roles.User, null, true)]
    [InlineData("you", Roles.User, null, false)]
    [InlineData("you", Roles.Viewer, null, false)]
    [InlineData("you", Roles.Operator, null, true)]
    [InlineData("you", Roles.Admin, null, true)]
    [InlineData("me", Roles.User, "a", true)]
    [InlineData("me", Roles.User, "b", false)]
    [InlineData("you", Roles.Admin, "a", true)]
    [InlineData("you", Roles.Admin, "b", false)]
    public void Sees_OnesOwnOrAllWhereOneRunsThePlace_OfWhatIsWatched(string who, string role, string? watched, bool sees) =>
        Assert.Equal(sees, ShownEvents.Sees(People.Person(who, role, watched), Item(status: "queued")));

    [Fact]
    public void Sees_NobodyHasItYet_IsNothingForWhoWatchesOneAgent() =>
        Assert.False(ShownEvents.Sees(People.Person("me", watched: "a"), Item(status: "queued", agent: null)));

    private static TaskEventItem Item(string? status, string? data = null, string? agent = "a") => new(
        "t", "me", new("1.2", 4, status is null ? "text" : "state", status, 3, agent, "d", At, data is null ? null : JsonElement.Parse(data), status is null ? 50 : null));
}

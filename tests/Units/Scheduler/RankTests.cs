using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler;

public sealed class RankTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_SamePriority_EarlierGoesFirst() => Assert.True(Rank.Of(Now, 0) < Rank.Of(Now.AddMicroseconds(1), 0));

    [Fact]
    public void Of_OneStepOfPriority_IsWorthThirtySeconds()
    {
        Assert.Equal(Rank.Of(Now, 0), Rank.Of(Now.AddSeconds(30), 1));
        Assert.Equal(Rank.Of(Now, 0), Rank.Of(Now.AddSeconds(-300), -10));
    }

    [Fact]
    public void Of_UrgentAgainstWhatHasWaited_NothingStarves()
    {
        Assert.True(Rank.Of(Now, 20) < Rank.Of(Now.AddMinutes(-9), 0));
        Assert.True(Rank.Of(Now, 20) > Rank.Of(Now.AddMinutes(-11), 0));
    }

    [Fact]
    public void Unready_AddedToTheTimeWhenReady_IsTheRank() =>
        Assert.Equal(Rank.Of(Now, 7), (Now.ToUnixTimeMilliseconds() * 1000) + Rank.Unready(7));

    [Theory]
    [InlineData("\"urgent\"", 20)]
    [InlineData("\"high\"", 10)]
    [InlineData("\"normal\"", 0)]
    [InlineData("\"medium\"", 0)]
    [InlineData("\"low\"", -10)]
    [InlineData("-100", -100)]
    [InlineData("100", 100)]
    public void Priority_NameOrNumber_IsRead(string json, int value) =>
        Assert.Equal(value, JsonSerializer.Deserialize<Priority>(json, WireJson.Options).Value);

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("101")]
    [InlineData("-101")]
    [InlineData("0.5")]
    [InlineData("true")]
    public void Priority_Else_SaysWhatItMustBe(string json) =>
        Assert.StartsWith("must be urgent", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Priority>(json, WireJson.Options)).Message, StringComparison.Ordinal);
}

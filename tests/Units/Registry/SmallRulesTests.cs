using Agents.Contracts.Registry;
using Agents.Registry;
using Agents.Registry.Devices;
using Agents.Registry.Enrolment;
using Agents.Registry.Presence;
using Agents.ServiceDefaults.Secrets;

namespace Agents.Tests.Units.Registry;

public sealed class SmallRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Silence_AfterOurStart_JudgesNobodyUntilAllHadTimeToReport()
    {
        Assert.Equal(DateTimeOffset.MinValue, Silence.BeforeAt(Start.AddSeconds(6.9), Start));
        Assert.Equal(Start, Silence.BeforeAt(Start + PresenceReport.SilentAfter, Start));
    }

    [Theory]
    [InlineData("zone:north", """{"zone":"north"}""")]
    [InlineData("image:a:b", """{"image":"a:b"}""")]
    [InlineData("zone:", """{"zone":""}""")]
    [InlineData("zone", null)]
    [InlineData(":x", null)]
    public void Labels_AskedFor_AreNameAndValueOrANameAlone(string asked, string? wanted) => Assert.Equal(wanted, Labels.Wanted(asked));

    [Fact]
    public void Labels_MergedAgainAndAgain_DoNotGrowWithoutEnd()
    {
        var stored = Labels.None;
        for (var n = 0; n < 10; n++)
        {
            stored = Labels.Merge(stored, Enumerable.Range(0, 100).ToDictionary(label => $"l{n}-{label}", _ => "x"));
        }

        Assert.Equal(200, Labels.Read(stored).Count);
    }

    [Fact]
    public void Labels_Merged_KeepTheOthersAndLoseTheEmptied()
    {
        var merged = Labels.Merge("""{"a": "1", "b": "2"}""", new Dictionary<string, string> { ["b"] = "", ["c"] = "3" });

        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["c"] = "3" }, Labels.Read(merged));
        Assert.Equal("""{"a": "1"}""", Labels.Merge("""{"a": "1"}""", new Dictionary<string, string> { ["a"] = "1", ["gone"] = "" }));
    }

    [Fact]
    public void ChangeRate_AfterTheFirstBurst_GivesTenASecondToEachDevice()
    {
        var time = new ManualTimeProvider();
        var rate = new ChangeRate(time);
        int Taken(string device) => Enumerable.Range(0, 1_000).Count(_ => rate.Take(device));

        Assert.Equal((300, 0), (Taken("a"), Taken("a")));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((20, 300), (Taken("a"), Taken("b")));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(300, Taken("a"));
    }

    [Fact]
    public void DeviceTokens_OfOneEnrolment_AreTheSameEachTimeAndOthersWithAnotherMasterKey()
    {
        var (enrolment, other) = (Enrolment(Guid.NewGuid()), Enrolment(Guid.NewGuid()));
        DeviceTokens Tokens(char key) => new(new MasterKey(new string(key, 32)));

        Assert.Equal(Tokens('a').Of(enrolment), Tokens('a').Of(enrolment));
        Assert.NotEqual(Tokens('a').Of(enrolment), Tokens('a').Of(other));
        Assert.NotEqual(Tokens('a').Of(enrolment), Tokens('b').Of(enrolment));
    }

    private static EnrolmentEntry Enrolment(Guid id) => new() { Id = id, Hash = [], Owner = "o", CreatedAt = Start, ExpiresAt = Start };
}

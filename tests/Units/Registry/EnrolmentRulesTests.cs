using Agents.Registry.Enrolment;
using static Agents.Registry.Enrolment.EnrolmentRules;

namespace Agents.Tests.Units.Registry;

public sealed class EnrolmentRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Judge_FreshToken_DependsOnWhetherTheDeviceIsKnownAndWhomItWasMadeFor()
    {
        Assert.Equal(Verdict.Enrol, Judge(Token(), "d", "k", known: false, holdsItsToken: false, Start));
        Assert.Equal(Verdict.Ghost, Judge(Token(), "d", "k", known: true, holdsItsToken: false, Start));
        Assert.Equal(Verdict.Enrol, Judge(Token(device: "d"), "d", "k", known: false, holdsItsToken: false, Start));
        Assert.Equal(Verdict.EnrolAgain, Judge(Token(device: "d"), "d", "k", known: true, holdsItsToken: false, Start));
        Assert.Equal(Verdict.Foreign, Judge(Token(device: "d"), "D", "k", known: false, holdsItsToken: false, Start));
        Assert.Equal(Verdict.Expired, Judge(Token(), "d", "k", known: false, holdsItsToken: false, Start.AddHours(1)));
    }

    [Theory]
    [InlineData("d", "k", true, 30, Verdict.Repeat)]
    [InlineData("d", "k", true, 60, Verdict.Used)]
    [InlineData("d", "other", true, 30, Verdict.Used)]
    [InlineData("d", null, true, 30, Verdict.Used)]
    [InlineData("e", "k", true, 30, Verdict.Used)]
    [InlineData("d", "k", false, 30, Verdict.Used)]
    public void Judge_UsedToken_IsRepeatedOnlyToTheSameDeviceWithTheSameKeyThatStillHoldsIt(
        string device, string? key, bool holds, int minutes, object verdict) =>
        Assert.Equal(verdict, Judge(Token(used: Start), device, key, known: true, holds, Start.AddMinutes(minutes)));

    [Fact]
    public void Judge_UsedJustBeforeItsEnd_CanBeAskedAgainForTenMinutes()
    {
        var token = Token(used: Start.AddMinutes(59));

        Assert.Equal(Verdict.Repeat, Judge(token, "d", "k", known: true, holdsItsToken: true, Start.AddMinutes(68)));
        Assert.Equal(Verdict.Used, Judge(token, "d", "k", known: true, holdsItsToken: true, Start.AddMinutes(69)));
    }

    private static EnrolmentEntry Token(string? device = null, DateTimeOffset? used = null) => new()
    {
        Id = Guid.Empty,
        Hash = [],
        DeviceId = device,
        Owner = "o",
        CreatedAt = Start,
        ExpiresAt = Start.AddHours(1),
        UsedAt = used,
        UsedBy = used is null ? null : "d",
        UsedKeyId = used is null ? null : "k",
    };
}

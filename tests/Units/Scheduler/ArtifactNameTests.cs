using Agents.Scheduler.Artifacts;

namespace Agents.Tests.Units.Scheduler;

public sealed class ArtifactNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("...")]
    [InlineData(".gitignore")]
    [InlineData("Отчёт 報告 \ud83d\ude00 \"quoted\"; a=b.tar.gz")]
    public void Problem_OfANameOfAFile_IsNone(string name) => Assert.Null(ArtifactName.Problem(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("..\\b")]
    [InlineData("a\u0000")]
    [InlineData("a\u007f")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public void Problem_OfAPathOrWhatBreaksALine_IsThere(string? name) => Assert.NotNull(ArtifactName.Problem(name));

    [Fact]
    public void Problem_OfALongName_CountsCharactersAndNotTheirHalves()
    {
        var emoji = "\ud83d\ude00";

        Assert.Null(ArtifactName.Problem(string.Concat(Enumerable.Repeat(emoji, 255))));
        Assert.NotNull(ArtifactName.Problem(string.Concat(Enumerable.Repeat(emoji, 256))));
    }

    [Fact]
    public void ToSave_WithMarksThatTurnTheOrderRound_ShowsThem() => Assert.Equal("report_fdp.exe é\ud83d\ude00", ArtifactName.ToSave("report\u202efdp.exe é\ud83d\ude00"));
}

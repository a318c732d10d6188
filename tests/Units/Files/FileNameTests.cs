using Agents.ServiceDefaults.Files;

namespace Agents.Tests.Units.Files;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("...")]
    [InlineData(".gitignore")]
    [InlineData("Отчёт 報告 \ud83d\ude00 \"quoted\"; a=b.tar.gz")]
    public void Problem_OfANameOfAFile_IsNone(string name) => Assert.Null(FileName.Problem(name));

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
    public void Problem_OfAPathOrWhatBreaksALine_IsThere(string? name) => Assert.NotNull(FileName.Problem(name));

    [Fact]
    public void Problem_OfALongName_CountsCharactersAndNotTheirHalves()
    {
        var emoji = "\ud83d\ude00";

        Assert.Null(FileName.Problem(string.Concat(Enumerable.Repeat(emoji, 255))));
        Assert.NotNull(FileName.Problem(string.Concat(Enumerable.Repeat(emoji, 256))));
    }

    [Fact]
    public void ToSave_WithMarksThatTurnTheOrderRound_ShowsThem() => Assert.Equal("report_fdp.exe é\ud83d\ude00", FileName.ToSave("report\u202efdp.exe é\ud83d\ude00"));
}

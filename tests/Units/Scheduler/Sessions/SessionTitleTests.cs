using Agents.Scheduler.Sessions;

namespace Agents.Tests.Units.Scheduler.Sessions;

public sealed class SessionTitleTests
{
    [Theory]
    [InlineData("\n  fix it \nand more", "fix it")]
    [InlineData(" \n ", "chat")]
    [InlineData(null, "chat")]
    public void Of_APrompt_IsItsFirstLineOrElseTheType(string? prompt, string title) => Assert.Equal(title, SessionTitle.Of(prompt, "chat"));

    [Theory]
    [InlineData("x", 100, "x", 100, "")]
    [InlineData("x", 101, "x", 99, "…")]
    [InlineData("👩🏽‍👩🏽‍👧🏽", 66, "👩🏽‍👩🏽‍👧🏽", 66, "")]
    [InlineData("👩🏽‍👩🏽‍👧🏽", 67, "👩🏽‍👩🏽‍👧🏽", 66, "…")]
    public void Of_ALongLine_IsCutBetweenCharacters(string part, int count, string expected, int kept, string end) =>
        Assert.Equal(Repeated(expected, kept) + end, SessionTitle.Of(Repeated(part, count), "chat"));

    [Theory]
    [InlineData("a", "\u0301", 664)]
    [InlineData("👩", "\u200D👩", 663)]
    public void Of_ACharacterWithoutEnd_IsCutWithin(string begin, string more, int length)
    {
        var title = SessionTitle.Of(begin + Repeated(more, 1_000), "chat");

        Assert.Equal(("…", length + 1), (title[^1..], title.Length));
        Assert.False(char.IsHighSurrogate(title[^2]));
    }

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}

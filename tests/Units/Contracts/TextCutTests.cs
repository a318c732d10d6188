using Agents.Contracts;

namespace Agents.Tests.Units.Contracts;

public sealed class TextCutTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc…")]
    [InlineData("ab😀", 3, "ab…")]
    [InlineData("ab😀d", 4, "ab😀…")]
    [InlineData("abc", 0, "…")]
    public void Cut_Text_KeepsItsBeginningAndNoHalfLetter(string text, int most, string kept) => Assert.Equal(kept, text.Cut(most, "…"));

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "…bcd")]
    [InlineData("a😀bc", 3, "…bc")]
    [InlineData("a😀bc", 4, "…😀bc")]
    public void Tail_Text_KeepsItsEndAndNoHalfLetter(string text, int most, string kept) => Assert.Equal(kept, text.Tail(most, "…"));
}

using Agents.Realtime.Groups;

namespace Agents.Tests.Units.Realtime.Groups;

public sealed class GroupWordTests
{
    [Fact]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        foreach (var word in new[] { GroupWord.Advanced("dev-team", 7), GroupWord.Changed("dev-team", "agent:a.b"), GroupWord.Changed("dev-team", null) })
        {
            Assert.Equal(word, GroupWord.Parse(word.ToString()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x|y|z")]
    [InlineData("1|dev")]
    public void Parse_SomethingElse_IsNone(string payload) => Assert.Null(GroupWord.Parse(payload));
}

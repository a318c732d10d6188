using Agents.Daemon.Runners;

namespace Agents.Tests.Units.Daemon.Mcp;

public sealed class ToolRulesTests
{
    [Theory]
    [InlineData("", "allow")]
    [InlineData("*=ask", "allow")]
    [InlineData("*=deny", "deny")]
    [InlineData("*=deny mcp__agents=allow", "allow")]
    [InlineData("mcp__agents=ask", "ask")]
    [InlineData("mcp__agents=allow mcp__agents__hand_over=deny", "deny")]
    [InlineData("mcp__agents=deny MCP__Agents__Hand_Over=allow", "allow")]
    public void OfColleagues_Rules_MostExactWins(string rules, string expected) => Assert.Equal(
        expected, new ToolRules(rules.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(rule => rule.Split('=')).ToDictionary(rule => rule[0], rule => rule[1])).OfColleagues("hand_over"));
}

using System.Text.Json.Nodes;
using Agents.Posts.Versions;

namespace Agents.Tests.Units.Posts;

public sealed class DifferencesTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    [InlineData("""{"a":1,"b":{"c":0.5}}""", """{"b":{"c":0.50},"a":1}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "a: 1 -> 2")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"c":[]}}""", "a.b: 1 -> ; a.c:  -> []")]
    [InlineData("""{"l":["x","y"]}""", """{"l":["x","z","w"]}""", """l[1]: "y" -> "z"; l[2]:  -> "w" """)]
    [InlineData("""{"l":["x",{"n":1}]}""", """{"l":["x"]}""", """l[1]: {"n":1} -> """)]
    [InlineData("""{"e":{"a.b":1,"*":2}}""", """{"e":{"a.b":2}}""", """e["a.b"]: 1 -> 2; e["*"]: 2 -> """)]
    [InlineData("""{"a":"x"}""", """{"a":{"secret":"x"}}""", """a: "x" -> {"secret":"x"}""")]
    public void Between_TwoTrees_NamesEachPlaceByItsPath(string from, string to, string expected) => Assert.Equal(
        expected.Trim(),
        string.Join("; ", Differences.Between(JsonNode.Parse(from), JsonNode.Parse(to)).Select(d => $"{d.Path}: {d.From?.GetRawText()} -> {d.To?.GetRawText()}")).Trim());
}

using System.Text.Json.Nodes;
using Agents.Posts.Files;
using YamlDotNet.Core;

namespace Agents.Tests.Units.Posts;

public sealed class YamlTests
{
    public static TheoryData<string> Texts =>
    [
        "", " ", "yes", "no", "null", "~", "1", "1.5", "-3", "1e5", "0x10", "true", "a: b", "- a", "# no comment", "a #b", "*a", "&a", "!x", "%x", "@x", "`x`", "{a}", "[a]", "a\nb", "a\nb\n", "a\n\nb\n",
        " a\nb", "a \nb", "a\tb\nc", "a\n  b\n c\n", "a\n\n\n", "\n", "\na", "a\r\nb", "\u0007", "\u2028", "你是一名\nDevOps 工程师\n", "👷 a\nb", "'quoted'", "\"q\"", "a\\nb", "...", "---", "--- a\nb", "a:\nb:", "=", "<<", "2001-01-01", "1_000", ".5", "a\u00a0", "\ufeffa\nb",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Write_AnyText_IsReadAsItWas(string text)
    {
        var json = new JsonObject { ["text"] = text, ["list"] = new JsonArray(text, text), ["names"] = new JsonObject { [text] = text } };

        Assert.Equal(json.ToJsonString(), YamlReader.Read(YamlWriter.Write(json))!.ToJsonString());
    }

    [Fact]
    public void Write_AnyTexts_AreReadAsTheyWere()
    {
        const string Alphabet = "ab01 :-#*&!|>'\"{}[],%@`\n\n\t~.?=工\\";
        var random = new Random(4711);
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var json = new JsonObject { ["t"] = text, ["o"] = new JsonObject { [text] = new JsonArray(text, 1, 0.5, true) } };

            Assert.Equal(json.ToJsonString(), YamlReader.Read(YamlWriter.Write(json))!.ToJsonString());
        }
    }

    [Fact]
    public void Write_AnArticle_LooksAsAPersonWouldWriteIt() => Assert.Equal(
        """
        name: DevOps 工程师
        template:
          role_prompt: |
            You watch.

            And you mend.
          skills:
          - shell
          limits:
            cpu: 0.5
          environment: {}

        """.ReplaceLineEndings("\n"),
        YamlWriter.Write(JsonNode.Parse("""{"name":"DevOps 工程师","template":{"role_prompt":"You watch.\n\nAnd you mend.\n","skills":["shell"],"limits":{"cpu":0.5},"environment":{}}}""")!));

    [Theory]
    [InlineData("a: [1\n", 2, 1)]
    [InlineData("a: 1\nb: 2\na: 3", 3, 1)]
    [InlineData("a: 1\n b: 2", 2, 3)]
    [InlineData("a: *b", 1, 4)]
    [InlineData("? [a]\n: b", 1, 3)]
    [InlineData("a: 1\n---\nb: 2", 2, 1)]
    [InlineData("a: &x [*x]", 1, 8)]
    public void Read_Wrong_SaysWhere(string yaml, int line, int column)
    {
        var e = Assert.ThrowsAny<YamlException>(() => YamlReader.Read(yaml));

        Assert.Equal((line, column), ((int)e.Start.Line, (int)e.Start.Column));
    }

    [Fact]
    public void Read_Aliases_AreCopiesOfWhatTheyStandFor() => Assert.Equal(
        """{"a":{"x":[1]},"b":{"x":[1]}}""", YamlReader.Read("a: &one\n  x: [1]\nb: *one")!.ToJsonString());

    [Fact]
    public void Read_ABombOfAliases_IsRefusedBeforeItGrows()
    {
        var lines = Enumerable.Range(1, 30).Select(n => $"l{n}: &l{n} [{string.Join(", ", Enumerable.Repeat($"*l{n - 1}", 10))}]");
        var wide = $"a: &a {new string('x', 10_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 5_000))}]";

        Assert.Contains("more than a post may have", Assert.ThrowsAny<YamlException>(() => YamlReader.Read($"l0: &l0 [lol]\n{string.Join('\n', lines)}")).Message);
        Assert.Contains("more than a post may have", Assert.ThrowsAny<YamlException>(() => YamlReader.Read(wide)).Message);
        Assert.Contains("nested", Assert.ThrowsAny<YamlException>(() => YamlReader.Read(new string('[', 10_000))).Message);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("# nothing", null)]
    [InlineData("{a: 1, b: -2.50, c: yes, d: \"1\", e: ~, f: !!str 1, g: 1e400}", """{"a":1,"b":-2.50,"c":"yes","d":"1","e":null,"f":"1","g":"1e400"}""")]
    public void Read_PlainValues_AreWhatTheCoreSchemaSays(string yaml, string? json) => Assert.Equal(json, YamlReader.Read(yaml)?.ToJsonString());
}

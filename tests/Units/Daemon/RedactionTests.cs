using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Agents.Daemon.Redaction;

namespace Agents.Tests.Units.Daemon;

public sealed class RedactionTests
{
    private const string Value = "pa$$/wörd+\"1\"";

    public static TheoryData<string> Written => new()
    {
        Value,
        JsonSerializer.Serialize(Value)[1..^1],
        JsonSerializer.Serialize(Value, Agents.Contracts.WireJson.Options)[1..^1],
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)).TrimEnd('='),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)).Replace('+', '-').Replace('/', '_'),
        Uri.EscapeDataString(Value),
        Uri.EscapeDataString(Value).Replace("%C3%B6", "%c3%b6").Replace("%2F", "%2f").Replace("%2B", "%2b"),
        Uri.EscapeDataString(Value).Replace("%2F", "/"),
        System.Net.WebUtility.UrlEncode(Value),
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Redact_AsProgramsWriteIt_IsTakenOut(string written)
    {
        var redacted = new Redactor([Value]).Redact($"it is {written}, isn't it?");

        Assert.DoesNotContain(written, redacted);
        Assert.Matches(@"^it is \*\*\*[^*]?[^*]?[^*]?, isn't it\?$", redacted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("u")]
    [InlineData("us")]
    [InlineData("use")]
    [InlineData("user:")]
    public void Redact_WithinLongerBase64_NothingOfItCanBeReadAgain(string before)
    {
        const string Token = "ghp_0123456789abcdefghij";

        var header = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}{Token} and more"));
        var left = new Redactor([Token]).Redact(header).Split(Redactor.Mark);

        Assert.Equal(2, left.Length);
        // A digit at each edge belongs to a neighbour as well, and tells less than a byte.
        Assert.InRange(header.Length - left[0].Length - left[1].Length, (Token.Length * 8 / 6) - 1, header.Length);
    }

    [Fact]
    public void Redact_LongBase64_IsFoundAlsoInLines()
    {
        var value = string.Concat(Enumerable.Range(0, 500).Select(n => (char)('!' + (n * 7 % 90))));
        var lines = string.Join('\n', Convert.ToBase64String(Encoding.UTF8.GetBytes(value + "\n")).Chunk(76).Select(line => new string(line)));

        Assert.InRange(new Redactor([value]).Redact(lines).Length, 3, 8);
    }

    [Fact]
    public void Redact_ShortValuesAndOtherText_AreLeftAsTheyAre() =>
        Assert.Equal("abcde and secre and ***", new Redactor(["abcde", "", "secret"]).Redact("abcde and secre and secret"));

    [Fact]
    public void Redact_ValuesThatOverlap_LeaveNothingOfEither() =>
        Assert.Equal("x***y*** z", new Redactor(["abcdefgh", "efghijkl", "defghi"]).Redact("xabcdefghijklydefghi z"));

    [Fact]
    public void Add_WhatMayBeABeginning_IsHeldUntilItIsKnown()
    {
        var text = new RedactedText(new(["secret-value"]));

        string[] given = [text.Add("a sec"), text.Add("ret-val"), text.Add("ue"), text.Add("b secret-v"), text.End()];

        // A secret that has just ended waits for the next character as well, or for the end.
        Assert.Equal(["a ", "", "", "***b ", "secret-v"], given);
        Assert.Equal("***", text.Add("secret-value") + text.End());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Add_AnyCuts_GiveWhatTheWholeTextGives(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            // Few letters, so that values overlap, contain each other and repeat themselves.
            var values = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Letters(random, random.Next(5, 14))).ToList();
            var text = string.Concat(Enumerable.Range(0, 40).Select(_ => random.Next(3) switch
            {
                0 => values[random.Next(values.Count)],
                1 => values[random.Next(values.Count)][..3],
                _ => Letters(random, random.Next(0, 9)),
            }));
            var (redactor, output) = (new Redactor(values), new StringBuilder());
            var stream = new RedactedText(redactor);
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(random.Next(0, 9), text.Length - at);
                output.Append(stream.Add(text.AsSpan(at, length)));
                at += length;
            }

            output.Append(stream.End());

            Assert.Equal(Simply(values, text), output.ToString());
        }
    }

    [Fact]
    public void Redact_TextThatIsNearlyASecretEverywhere_TakesNoLongerForIt()
    {
        var redactor = new Redactor([new string('a', 20_000) + "b", new string('a', 10_000)]);
        var watch = Stopwatch.StartNew();

        Assert.Equal(Redactor.Mark, redactor.Redact(new string('a', 2_000_000)));
        // By looking at each place anew it would be some 10^10 steps.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    /// <summary>The same, as one would say it: each place of each form is looked at by itself.</summary>
    private static string Simply(List<string> values, string text)
    {
        List<(int From, int To)> found = [];
        foreach (var form in values.Where(value => value.Length >= Redactor.ShortestValue).SelectMany(SecretForms.Of).Distinct())
        {
            for (var at = text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.Ordinal))
            {
                found.Add((at, at + form.Length));
            }
        }

        var (output, given) = (new StringBuilder(), 0);
        foreach (var (from, to) in found.OrderBy(place => place.From).ThenByDescending(place => place.To))
        {
            if (from >= given)
            {
                output.Append(text, given, from - given).Append(Redactor.Mark);
            }

            given = Math.Max(given, to);
        }

        return output.Append(text, given, text.Length - given).ToString();
    }

    private static string Letters(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(2))));
}

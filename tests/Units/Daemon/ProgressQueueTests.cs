using System.Text.Json;
using Agents.Daemon.Runners;
using Agents.Daemon.Work;

namespace Agents.Tests.Units.Daemon;

public sealed class ProgressQueueTests
{
    private readonly ProgressQueue _queue = new();

    [Fact]
    public void Add_TextOfOneKind_IsJoined()
    {
        _queue.Add("text", "a");
        _queue.Add("text", "b");
        _queue.Add("log", "c");
        _queue.Add("text", "d");

        Assert.Equal(["text ab", "log c", "text d"], All());
    }

    [Fact]
    public void Add_Long_IsCutBetweenCharacters()
    {
        var text = string.Concat(Enumerable.Repeat("x😀", 12_000));
        _queue.Add("text", text);

        var pieces = Pieces();

        Assert.True(text == string.Concat(pieces.Select(piece => piece.Text)));
        Assert.True(pieces.TrueForAll(piece => piece.Text!.Length <= ProgressQueue.LongestText && !char.IsHighSurrogate(piece.Text[^1])));
    }

    [Fact]
    public void Add_MoreThanGoes_TheOldestGivesWay()
    {
        for (var n = 0; n < 100; n++)
        {
            _queue.Add("text", new string((char)('0' + (n % 10)), 10_000));
        }

        var kept = string.Concat(Pieces().Select(piece => piece.Text));

        Assert.InRange(kept.Length, 100_000, 150_000);
        Assert.EndsWith(new string('9', 10_000), kept, StringComparison.Ordinal);
        Assert.Equal(1_000_000, kept.Length + _queue.LeftOut);
    }

    [Fact]
    public void Add_Usage_TheLastWordCounts()
    {
        _queue.Add("usage", JsonSerializer.SerializeToElement(1));
        _queue.Add("tool", JsonSerializer.SerializeToElement(2));
        _queue.Add("usage", JsonSerializer.SerializeToElement(3));

        Assert.Equal(["tool 2", "usage 3"], All());
    }

    [Fact]
    public void Kept_TooMuch_HasTheBeginningAndTheEnd()
    {
        var output = new KeptOutput(mostOfEach: 10);
        foreach (var n in Enumerable.Range(0, 100))
        {
            output.Add($"{n:00}");
        }

        Assert.Equal("0001020304\n[... 180 characters are left out here ...]\n9596979899", output.ToString());
    }

    private IEnumerable<string> All() => Pieces().Select(piece => $"{piece.Kind} {piece.Text ?? piece.Data!.Value.GetRawText()}");

    private List<ProgressPiece> Pieces()
    {
        List<ProgressPiece> all = [];
        while (_queue.Next() is { } piece)
        {
            all.Add(piece);
        }

        return all;
    }
}

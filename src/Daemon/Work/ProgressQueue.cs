using System.Text.Json;
using Agents.Contracts;

namespace Agents.Daemon.Work;

/// <summary>One thing that a program said, as it goes to the server.</summary>
internal sealed record ProgressPiece(string Kind, string? Text, JsonElement? Data);

/// <summary>
/// What a program says, gathered so that it goes in few pieces: text of one kind is joined, of what is used only the last word
/// counts, and where more comes than goes the oldest gives way. The result is whole by itself.
/// </summary>
internal sealed class ProgressQueue
{
    /// <summary>So long a piece at most; the server joins them again.</summary>
    public const int LongestText = 16 * 1024;

    private const int MostText = 8 * LongestText;
    private const int MostPieces = 64;

    private const string Usage = "usage";

    private readonly LinkedList<ProgressPiece> _pieces = [];
    private int _text;

    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>How many characters gave way.</summary>
    public long LeftOut { get; private set; }

    public void Add(string kind, string text)
    {
        while (text.Length > 0)
        {
            var room = _pieces.Last?.Value is { Text: { } before } last && last.Kind == kind ? LongestText - before.Length : 0;
            if (room > 1)
            {
                var part = text.Cut(room);
                _pieces.Last!.Value = _pieces.Last.Value with { Text = _pieces.Last.Value.Text + part };
                (_text, text) = (_text + part.Length, text[part.Length..]);
            }
            else
            {
                _pieces.AddLast(new ProgressPiece(kind, "", null));
            }

            GiveWay();
        }
    }

    public void Add(string kind, JsonElement data)
    {
        if (kind is Usage && _pieces.FirstOrDefault(piece => piece.Kind is Usage) is { } former)
        {
            _pieces.Remove(former);
        }

        _pieces.AddLast(new ProgressPiece(kind, null, data));
        GiveWay();
    }

    public ProgressPiece? Next()
    {
        if (_pieces.First is not { } first)
        {
            return null;
        }

        _pieces.RemoveFirst();
        _text -= first.Value.Text?.Length ?? 0;
        return first.Value;
    }

    private void GiveWay()
    {
        while (_pieces.Count > 1 && (_text > MostText || _pieces.Count > MostPieces))
        {
            LeftOut += Next()!.Text?.Length ?? 0;
        }
    }
}

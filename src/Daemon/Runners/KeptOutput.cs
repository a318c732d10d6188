using System.Globalization;
using System.Text;

namespace Agents.Daemon.Runners;

/// <summary>What a program said, for its result: all of it, or the beginning and the end where it never stops talking.</summary>
internal sealed class KeptOutput(int mostOfEach = KeptOutput.MostOfEach)
{
    private const int MostOfEach = 4 * 1024 * 1024;

    private readonly StringBuilder _first = new();
    private readonly StringBuilder _last = new();
    private long _leftOut;

    public void Add(string text)
    {
        var piece = text.AsSpan();
        if (_first.Length < mostOfEach)
        {
            var room = Math.Min(mostOfEach - _first.Length, piece.Length);
            _first.Append(piece[..room]);
            piece = piece[room..];
        }

        _last.Append(piece);
        // Not at each piece: to take away the beginning moves the rest.
        if (_last.Length > 2 * mostOfEach)
        {
            Shorten();
        }
    }

    public override string ToString()
    {
        if (_last.Length > mostOfEach)
        {
            Shorten();
        }

        var gap = _leftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n[... {_leftOut} characters are left out here ...]\n");
        return $"{_first}{gap}{_last}";
    }

    private void Shorten()
    {
        var less = _last.Length - mostOfEach;
        _last.Remove(0, less);
        _leftOut += less;
    }
}

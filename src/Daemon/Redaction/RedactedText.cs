using System.Text;

namespace Agents.Daemon.Redaction;

/// <summary>
/// One stream of text without its secrets. It may come in any pieces: what could be the beginning of a secret is held back until
/// it is known whether it is one, and what is given out does not depend on where the pieces were cut. Whoever shortens a text
/// shortens it afterwards, for half a secret is not found.
/// </summary>
internal sealed class RedactedText(Redactor redactor)
{
    private readonly Queue<char> _held = new();

    // Of what is held, and what a mark was given out for already: apart from each other, in order.
    private readonly LinkedList<Secret> _secrets = new();

    private int _state = Redactor.Root;
    private long _given;

    private long Read => _given + _held.Count;

    /// <summary>What is certain by now; it may be empty.</summary>
    public string Add(ReadOnlySpan<char> piece)
    {
        var output = new StringBuilder(piece.Length);
        while (!piece.IsEmpty)
        {
            if (_state == Redactor.Root)
            {
                // Nothing is held.
                var harmless = redactor.Harmless(piece);
                output.Append(piece[..harmless]);
                _given += harmless;
                piece = piece[harmless..];
                if (piece.IsEmpty)
                {
                    break;
                }
            }

            Take(piece[0]);
            Give(Read - redactor.Depth(_state), output);
            piece = piece[1..];
        }

        return output.ToString();
    }

    /// <summary>The rest: nothing comes after it. The next piece begins anew.</summary>
    public string End()
    {
        var output = new StringBuilder(_held.Count);
        Give(Read, output);
        _state = Redactor.Root;
        return output.ToString();
    }

    private void Take(char c)
    {
        _held.Enqueue(c);
        _state = redactor.Next(_state, c);
        if (redactor.Found(_state) is > 0 and var length)
        {
            // Those that overlap are one, so that nothing of either is left over.
            var secret = new Secret(Read - length, Read, false);
            while (_secrets.Last is { Value: var last } && last.To > secret.From)
            {
                secret = new(Math.Min(last.From, secret.From), secret.To, last.IsMarked || secret.IsMarked);
                _secrets.RemoveLast();
            }

            _secrets.AddLast(secret);
        }
    }

    /// <summary>No secret that is found from now on begins before that place.</summary>
    private void Give(long upTo, StringBuilder output)
    {
        while (_given < upTo)
        {
            if (_secrets.First is not { } first)
            {
                Give(upTo, output, isSecret: false);
            }
            else if (first.Value.From > _given)
            {
                Give(Math.Min(upTo, first.Value.From), output, isSecret: false);
            }
            else
            {
                output.Append(first.Value.IsMarked ? "" : Redactor.Mark);
                first.Value = first.Value with { IsMarked = true };
                Give(Math.Min(upTo, first.Value.To), output, isSecret: true);
                if (_given == first.Value.To)
                {
                    _secrets.RemoveFirst();
                }
            }
        }
    }

    private void Give(long upTo, StringBuilder output, bool isSecret)
    {
        for (; _given < upTo; _given++)
        {
            var c = _held.Dequeue();
            if (!isSecret)
            {
                output.Append(c);
            }
        }
    }

    private readonly record struct Secret(long From, long To, bool IsMarked);
}

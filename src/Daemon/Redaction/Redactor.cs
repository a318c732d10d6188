using System.Buffers;
using System.Runtime.InteropServices;

namespace Agents.Daemon.Redaction;

/// <summary>
/// Knows the secrets of a task and finds them in what it is about to tell, all at once and in one pass, however long text and
/// secrets are (Aho and Corasick). It is made once for a task; each of its streams is read by a <see cref="RedactedText"/> of its
/// own. It takes about half a kilobyte of memory for each character of a secret.
/// </summary>
internal sealed class Redactor
{
    public const string Mark = "***";

    /// <summary>What is shorter stands in any text by chance.</summary>
    public const int ShortestValue = 6;

    public const int Root = 0;

    // To each state leads a text that is a beginning of a secret; it is the longest such that the text so far ends with. Most
    // have one that comes next, which stands right behind them; the other ways are branches.
    private readonly List<State> _states = [new(Root, '\0', 0)];
    private readonly Dictionary<long, int> _branches = [];
    private readonly SearchValues<char> _beginnings;

    public Redactor(IEnumerable<string> values)
    {
        foreach (var form in values.Where(value => value.Length >= ShortestValue).SelectMany(SecretForms.Of).Where(form => form.Length >= ShortestValue))
        {
            Add(form);
        }

        Link();
        var beginnings = _states.Where(state => state.Depth == 1).Select(state => state.Last).ToArray();
        _beginnings = SearchValues.Create(beginnings);
    }

    /// <summary>Of a text that is there as a whole.</summary>
    public string Redact(string text)
    {
        var whole = new RedactedText(this);
        return whole.Add(text) + whole.End();
    }

    /// <summary>How many characters come first with which no secret begins.</summary>
    public int Harmless(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAny(_beginnings);
        return first < 0 ? text.Length : first;
    }

    public int Next(int state, char c)
    {
        int next;
        while (!TryStep(state, c, out next) && state != Root)
        {
            state = _states[state].Fallback;
        }

        return next;
    }

    /// <summary>So many of the last characters may be the beginning of a secret.</summary>
    public int Depth(int state) => _states[state].Depth;

    /// <summary>So many of the last characters are a secret, the longest there is; 0 where none ends here.</summary>
    public int Found(int state) => _states[state].Found;

    private void Add(string form)
    {
        var state = Root;
        foreach (var c in form)
        {
            if (!TryStep(state, c, out var next))
            {
                next = _states.Count;
                _states.Add(new(state, c, _states[state].Depth + 1));
                if (next != state + 1)
                {
                    _branches[Branch(state, c)] = next;
                }
            }

            state = next;
        }

        CollectionsMarshal.AsSpan(_states)[state].Found = form.Length;
    }

    /// <summary>From the shortest to the longest, because each is linked by what the shorter ones are linked to.</summary>
    private void Link()
    {
        var states = CollectionsMarshal.AsSpan(_states);
        foreach (var n in Enumerable.Range(1, _states.Count - 1).OrderBy(each => _states[each].Depth).ToArray())
        {
            ref var state = ref states[n];
            state.Fallback = state.Depth == 1 ? Root : Next(states[state.Parent].Fallback, state.Last);
            state.Found = Math.Max(state.Found, states[state.Fallback].Found);
        }
    }

    private bool TryStep(int state, char c, out int next)
    {
        next = state + 1;
        return (next < _states.Count && _states[next] is var behind && behind.Parent == state && behind.Last == c)
            || _branches.TryGetValue(Branch(state, c), out next);
    }

    private static long Branch(int state, char c) => ((long)state << 16) | c;

    private struct State(int parent, char last, int depth)
    {
        public readonly int Parent = parent;
        public readonly int Depth = depth;
        public readonly char Last = last;
        public int Fallback;
        public int Found;
    }
}

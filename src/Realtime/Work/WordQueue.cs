using System.Threading.Channels;
using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Loops;

namespace Agents.Realtime.Work;

/// <summary>
/// What holders said and Scheduler was not told yet. Words about tasks stand in their order, bounded: when it is full the
/// sockets are read no further. Of words about a holder itself the newest is kept.
/// </summary>
internal sealed class WordQueue(TimeProvider time)
{
    private const int MaxWaiting = 50_000;

    private readonly Channel<HolderWord> _words = Channel.CreateBounded<HolderWord>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Bell _said = new(time);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HolderWord> _turns = [];
    private readonly Dictionary<string, HolderWord> _leases = [];
    private long _dropped;

    /// <summary>Nobody takes them just now: what can be done without is left out before the queue is full.</summary>
    public bool IsStuck { get; set; }

    public long Dropped => Volatile.Read(ref _dropped);

    public async ValueTask SayAsync(HolderWord word, CancellationToken cancellationToken)
    {
        if (word.Kind is WordKind.Progress && IsStuck && _words.Reader.Count > MaxWaiting / 2)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        await _words.Writer.WriteAsync(word, cancellationToken);
        _said.Ring();
    }

    public void Turn(HolderWord word) => Keep(_turns, word);

    public void Lease(HolderWord word) => Keep(_leases, word);

    /// <summary>Until there is a word about a task or a holder, or so long.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => _said.WaitAsync(most, cancellationToken);

    public List<HolderWord> Take(int most)
    {
        List<HolderWord> words = [];
        lock (_gate)
        {
            Move(_turns, words, most);
            Move(_leases, words, most);
        }

        while (words.Count < most && _words.Reader.TryRead(out var word))
        {
            ProgressText.AddJoined(words, word);
        }

        if (words.Count == most)
        {
            _said.Ring();
        }

        return words;
    }

    private void Keep(Dictionary<string, HolderWord> kept, HolderWord word)
    {
        lock (_gate)
        {
            if (!kept.TryGetValue(word.Holder, out var known) || string.CompareOrdinal(known.Connection, word.Connection) <= 0)
            {
                kept[word.Holder] = word;
            }
        }

        _said.Ring();
    }

    private static void Move(Dictionary<string, HolderWord> kept, List<HolderWord> words, int most)
    {
        foreach (var (holder, word) in kept.Take(most - words.Count).ToList())
        {
            kept.Remove(holder);
            words.Add(word);
        }
    }
}

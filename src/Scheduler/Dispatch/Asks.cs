using System.Threading.Channels;

namespace Agents.Scheduler.Dispatch;

/// <summary>A task that an agent without a socket wants for itself.</summary>
/// <param name="Name">New with each ask: in the row it says who was given it.</param>
internal sealed record Ask(string Name, Guid Task, long Lane, string Agent);

/// <summary>
/// What agents ask for by themselves. Only the dispatcher gives anything out, in its own turn: so between what it chooses
/// and what is asked for there is an order, and no place is given twice.
/// </summary>
internal sealed class Asks(DispatchBell bell, TimeProvider time)
{
    public const int MostAtOnce = 256;

    private const int MaxWaiting = 10_000;

    /// <summary>Longer than a round takes that is not in trouble.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(MaxWaiting);

    /// <summary>Where this replica leads. <see cref="Fit.Eligible"/>: it was asked of the table, whose row says who has the task. Null: not now.</summary>
    public async Task<Fit?> AskAsync(Ask ask, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(ask);
        if (!_waiting.Writer.TryWrite(waiting))
        {
            return null;
        }

        bell.Ring();
        try
        {
            return await waiting.Answer.WaitAsync(Limit, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !waiting.TryBegin())
        {
            // It is being given out, and that is not left without an answer.
            return await waiting.Answer;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Those that still wait. One for each task: who asks for the same one is looked at in the next round.</summary>
    public List<Waiting> Take()
    {
        Dictionary<Guid, Waiting> taken = [];
        List<Waiting> later = [];
        while (taken.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
        {
            if (taken.ContainsKey(next.Ask.Task))
            {
                later.Add(next);
            }
            else if (next.TryBegin())
            {
                taken[next.Ask.Task] = next;
            }
        }

        foreach (var each in later)
        {
            if (!_waiting.Writer.TryWrite(each) && each.TryBegin())
            {
                each.Settle(null);
            }
        }

        return [.. taken.Values];
    }

    /// <summary>One ask, which is either given up by who asked or begun by the dispatcher, never both.</summary>
    internal sealed class Waiting(Ask ask)
    {
        private readonly TaskCompletionSource<Fit?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _begun;

        public Ask Ask => ask;

        public Task<Fit?> Answer => _answer.Task;

        public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;

        public void Settle(Fit? fit) => _answer.TrySetResult(fit);
    }
}

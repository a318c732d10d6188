using System.Threading.Channels;

namespace Agents.Scheduler;

/// <summary>Tasks that one loop is to look at soon. When too many wait the rest is left to its sweep.</summary>
internal abstract class ToSee
{
    private const int MaxWaiting = 50_000;

    private readonly Channel<Guid> _tasks = Channel.CreateBounded<Guid>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Add(IEnumerable<Guid> tasks)
    {
        foreach (var task in tasks)
        {
            _tasks.Writer.TryWrite(task);
        }
    }

    /// <summary>Until there are some, or so long.</summary>
    public async Task<HashSet<Guid>> WaitAsync(int most, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        HashSet<Guid> tasks = [];
        try
        {
            await _tasks.Reader.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Time for the sweep.
        }

        while (tasks.Count < most && _tasks.Reader.TryRead(out var task))
        {
            tasks.Add(task);
        }

        return tasks;
    }
}

/// <summary>Those that have ended, for whom others wait.</summary>
internal sealed class EndedToSee : ToSee;

/// <summary>Those that ended without getting done: what they handed over is needed no more.</summary>
internal sealed class HandoversToSee : ToSee;

/// <summary>Those of groups, of which something has ended.</summary>
internal sealed class GroupsToSee : ToSee;

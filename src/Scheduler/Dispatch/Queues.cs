using Agents.Scheduler.Budgets;
using Microsoft.Extensions.Options;

namespace Agents.Scheduler.Dispatch;

/// <summary>What the leader knows of lanes and places, and the choice that follows from it. Whoever changes something wakes the dispatcher.</summary>
internal sealed class Queues
{
    private readonly Lock _gate = new();
    private readonly Lanes _lanes;
    private readonly BudgetBook _budgets;
    private readonly TimeProvider _time;
    private readonly LaneQueues _queues;
    private readonly Refusals _refusals;
    private readonly Candidates _candidates;
    private readonly Meanwhile _meanwhile = new();
    private Slots _slots = new();

    public Queues(Fleet fleet, Lanes lanes, BudgetBook budgets, IOptions<WorkOptions> options, TimeProvider time)
    {
        (_lanes, _budgets, _time) = (lanes, budgets, time);
        _queues = new(options.Value.LaneHeads);
        _refusals = new(options.Value.RefusalPause, time);
        _candidates = new(fleet, lanes, _refusals, budgets);
    }

    /// <summary>Tasks that were just queued, each with its lane.</summary>
    public void Queued(IEnumerable<(long Lane, long Rank, Guid Task)> tasks)
    {
        lock (_gate)
        {
            foreach (var (lane, rank, task) in tasks)
            {
                _queues.Offer(lane, rank, task);
                _meanwhile.Queued(lane);
            }
        }
    }

    /// <summary>Lanes that have something queued, of which we may have been told nothing.</summary>
    public void AreFull(IEnumerable<long> fullLanes)
    {
        lock (_gate)
        {
            _queues.AreFull(fullLanes);
        }
    }

    public void Freed(IEnumerable<(Guid Task, int Attempt)> attempts)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var any = false;
            foreach (var (task, attempt) in attempts)
            {
                _meanwhile.Freed(task, attempt);
                any |= _slots.Free(task, attempt, now) is not null;
            }

            if (any)
            {
                _queues.Unstall();
            }
        }
    }

    /// <summary>An attempt that goes on although it was given up.</summary>
    public void Taken(Guid task, int attempt, string agent, string? device)
    {
        lock (_gate)
        {
            _slots.Take(task, attempt, agent, device, _time.GetTimestamp());
            _meanwhile.Taken(new(task, attempt, agent, device));
        }
    }

    /// <summary>The lane leaves this agent alone for a while.</summary>
    public void Refused(long lane, string agent)
    {
        lock (_gate)
        {
            _refusals.Add(lane, agent);
        }
    }

    /// <summary>Who may take work, or how much of it, is another than before.</summary>
    public void FleetChanged()
    {
        lock (_gate)
        {
            _queues.Unstall();
        }
    }

    /// <summary>To be called before the tables are read for <see cref="Begin"/> or <see cref="Reconcile"/>.</summary>
    public void BeginReading()
    {
        lock (_gate)
        {
            _meanwhile.Begin();
        }
    }

    /// <summary>Forgets all, and begins with what the tables say.</summary>
    public void Begin(IEnumerable<long> fullLanes, IEnumerable<TakenPlace> taken)
    {
        lock (_gate)
        {
            var (full, places) = _meanwhile.End(fullLanes, taken);
            _queues.Clear();
            _slots = new();
            Take(places, _time.GetTimestamp());
            _queues.AreFull(full);
        }
    }

    /// <summary>Puts right what nobody told us of: places that are free, or taken, and lanes that are not empty.</summary>
    public void Reconcile(IEnumerable<long> fullLanes, IReadOnlyList<TakenPlace> taken)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            // A lane that was told of meanwhile has its task in its queue.
            var (_, places) = _meanwhile.End(fullLanes, taken);
            Take(places, now);
            if (_slots.KeepOnly(places.Select(place => (place.Task, place.Attempt)).ToHashSet(), now))
            {
                _queues.Unstall();
            }

            _queues.AreFull(fullLanes);
        }
    }

    /// <summary>Lanes that another replica told of, and of which we know no more than the number.</summary>
    public long[] Unknown()
    {
        lock (_gate)
        {
            return [.. _queues.Ids.Where(lane => _lanes.Find(lane) is null)];
        }
    }

    /// <summary>
    /// To be called now and then where there are others who queue tasks: a word of theirs may have been lost, and a queue that
    /// never runs empty would never ask the table.
    /// </summary>
    public void DoubtAll()
    {
        lock (_gate)
        {
            _queues.DoubtAll();
        }
    }

    /// <summary>Lanes to be read from the table before anything of them can be given out; only those that somebody has a place for.</summary>
    public long[] BeginRefills(int most)
    {
        lock (_gate)
        {
            List<long> wanted = [];
            foreach (var queue in _queues.Unread)
            {
                if (wanted.Count == most)
                {
                    break;
                }

                if (_candidates.Best(queue, _slots) is null)
                {
                    queue.IsStalled = true;
                    continue;
                }

                queue.BeginRefill();
                wanted.Add(queue.Id);
            }

            return [.. wanted];
        }
    }

    public void Refill(IEnumerable<long> read, ILookup<long, (long Rank, Guid Task)> heads)
    {
        lock (_gate)
        {
            foreach (var lane in read)
            {
                _queues.Of(lane).Refill([.. heads[lane]]);
            }
        }
    }

    /// <summary>The tasks that are first in their lanes, over all lanes by rank, each with the best of those that have a place.</summary>
    public List<Pick> Choose(int most)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_refusals.ForgetOld(now))
            {
                _queues.Unstall();
            }

            var ready = new PriorityQueue<LaneQueue, long>(_queues.Ready.Select(queue => (queue, queue.HeadRank)));
            List<Pick> picks = [];
            while (picks.Count < most && ready.TryDequeue(out var queue, out _))
            {
                if (_candidates.Best(queue, _slots) is not { } worker)
                {
                    queue.IsStalled = true;
                    continue;
                }

                _slots.Reserve(worker.Id, worker.DeviceId, now);
                picks.Add(new(queue.Pop(), queue.Id, worker));
                if (!queue.IsEmpty)
                {
                    ready.Enqueue(queue, queue.HeadRank);
                }
            }

            return picks;
        }
    }

    /// <summary>A place on this very agent, where the lane suits it and it has one: for what it asked for itself. It is settled as a choice is.</summary>
    public Fit Reserve(Worker worker, LaneKey lane)
    {
        lock (_gate)
        {
            var fit = Placement.Match(worker, lane) is var match and not Fit.Eligible ? match : Room(worker);
            if (fit is Fit.Eligible)
            {
                _slots.Reserve(worker.Id, worker.DeviceId, _time.GetTimestamp());
            }

            return fit;
        }
    }

    /// <summary>What became of the choice: who isn't among the claimed was not there to be given any more.</summary>
    public void Settle(IReadOnlyList<Pick> picks, IEnumerable<(Guid Task, int Attempt)> claimed)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var attempts = claimed.ToDictionary(c => c.Task, c => c.Attempt);
            foreach (var (task, _, worker) in picks)
            {
                if (attempts.TryGetValue(task, out var attempt))
                {
                    _slots.Name(task, attempt, worker.Id, worker.DeviceId, now);
                }
                else
                {
                    _slots.Unreserve(worker.Id, worker.DeviceId, now);
                }
            }

            if (attempts.Count < picks.Count)
            {
                // Whoever found no place because of what was reserved in vain finds one now.
                _queues.Unstall();
            }
        }
    }

    public Fit Why(Worker worker, LaneKey lane, long laneId)
    {
        lock (_gate)
        {
            return Placement.Match(worker, lane) is var match and not Fit.Eligible ? match
                : _refusals.Contains(laneId, worker.Id) ? Fit.Refused
                : Room(worker);
        }
    }

    private Fit Room(Worker worker) =>
        _budgets.Look(worker, new(_slots.RunningOf)) is not null ? Fit.OverBudget : Placement.Room(worker, _slots.Of(worker.Id, worker.DeviceId));

    private void Take(List<TakenPlace> places, long now) =>
        places.ForEach(place => _slots.Take(place.Task, place.Attempt, place.Agent, place.Device, now));
}

using Microsoft.Extensions.Options;

namespace Agents.Scheduler.Dispatch;

/// <summary>What the leader knows of lanes and places, and the choice that follows from it. Whoever changes something wakes the dispatcher.</summary>
internal sealed class Queues(Fleet fleet, Lanes lanes, IOptions<WorkOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, LaneQueue> _queues = [];
    private readonly Dictionary<(long Lane, string Agent), long> _refusals = [];
    private Slots _slots = new();

    /// <summary>What is told while the tables are read, which may or may not be in the answer.</summary>
    private (HashSet<long> Lanes, HashSet<(Guid, int)> Freed, Dictionary<(Guid, int), TakenPlace> Taken)? _meanwhile;

    /// <summary>Tasks that were just queued, each with its lane.</summary>
    public void Queued(IEnumerable<(long Lane, long Rank, Guid Task)> tasks)
    {
        lock (_gate)
        {
            foreach (var (lane, rank, task) in tasks)
            {
                var queue = Of(lane);
                queue.Offer(rank, task);
                queue.IsStalled = false;
                _meanwhile?.Lanes.Add(lane);
            }
        }
    }

    /// <summary>Lanes that have something queued, of which we may have been told nothing.</summary>
    public void AreFull(IEnumerable<long> fullLanes)
    {
        lock (_gate)
        {
            foreach (var queue in fullLanes.Select(Of).Where(queue => queue.IsEmpty))
            {
                queue.Doubt();
                queue.IsStalled = false;
            }
        }
    }

    public void Freed(IEnumerable<(Guid Task, int Attempt)> attempts)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var any = false;
            foreach (var (task, attempt) in attempts)
            {
                _meanwhile?.Freed.Add((task, attempt));
                _meanwhile?.Taken.Remove((task, attempt));
                any |= _slots.Free(task, attempt, now) is not null;
            }

            if (any)
            {
                Unstall();
            }
        }
    }

    /// <summary>An attempt that goes on although it was given up.</summary>
    public void Taken(Guid task, int attempt, string agent, string? device)
    {
        lock (_gate)
        {
            _slots.Take(task, attempt, agent, device, time.GetTimestamp());
            _meanwhile?.Freed.Remove((task, attempt));
            _meanwhile?.Taken.TryAdd((task, attempt), new(task, attempt, agent, device));
        }
    }

    /// <summary>The lane leaves this agent alone for a while.</summary>
    public void Refused(long lane, string agent)
    {
        lock (_gate)
        {
            _refusals[(lane, agent)] = time.GetTimestamp();
        }
    }

    public void FleetChanged()
    {
        lock (_gate)
        {
            Unstall();
        }
    }

    /// <summary>To be called before the tables are read for <see cref="Begin"/> or <see cref="Reconcile"/>.</summary>
    public void BeginReading()
    {
        lock (_gate)
        {
            _meanwhile = ([], [], []);
        }
    }

    /// <summary>Forgets all, and begins with what the tables say.</summary>
    public void Begin(IEnumerable<long> fullLanes, IEnumerable<TakenPlace> taken)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var lanesMeanwhile = _meanwhile?.Lanes ?? [];
            _queues.Clear();
            _slots = new();
            Take(Now(taken), now);
            AreFull(fullLanes.Union(lanesMeanwhile));
        }
    }

    /// <summary>Puts right what nobody told us of: places that are free, or taken, and lanes that are not empty.</summary>
    public void Reconcile(IEnumerable<long> fullLanes, IReadOnlyList<TakenPlace> taken)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var places = Now(taken);
            Take(places, now);
            if (_slots.KeepOnly(places.Select(place => (place.Task, place.Attempt)).ToHashSet(), now))
            {
                Unstall();
            }

            AreFull(fullLanes);
        }
    }

    /// <summary>Lanes that another replica told of, and of which we know no more than the number.</summary>
    public long[] Unknown()
    {
        lock (_gate)
        {
            return [.. _queues.Keys.Where(lane => lanes.Find(lane) is null)];
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
            foreach (var queue in _queues.Values)
            {
                queue.Doubt();
                queue.IsStalled = false;
            }
        }
    }

    /// <summary>Lanes to be read from the table before anything of them can be given out; only those that somebody has a place for.</summary>
    public long[] BeginRefills(int most)
    {
        lock (_gate)
        {
            List<long> wanted = [];
            foreach (var queue in _queues.Values.Where(queue => queue is { WantsRefill: true, IsStalled: false }))
            {
                if (wanted.Count == most)
                {
                    break;
                }

                if (Best(queue) is null)
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
                Of(lane).Refill([.. heads[lane]]);
            }
        }
    }

    /// <summary>The tasks that are first in their lanes, over all lanes by rank, each with the best of those that have a place.</summary>
    public List<Pick> Choose(int most)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            ForgetRefusals(now);
            var ready = new PriorityQueue<LaneQueue, long>();
            foreach (var queue in _queues.Values.Where(queue => queue is { IsEmpty: false, IsStalled: false }))
            {
                ready.Enqueue(queue, queue.HeadRank);
            }

            List<Pick> picks = [];
            while (picks.Count < most && ready.TryDequeue(out var queue, out _))
            {
                if (Best(queue) is not { } worker)
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
            var fit = Placement.Match(worker, lane) is var match and not Fit.Eligible ? match : Placement.Room(worker, _slots.Of(worker.Id, worker.DeviceId));
            if (fit is Fit.Eligible)
            {
                _slots.Reserve(worker.Id, worker.DeviceId, time.GetTimestamp());
            }

            return fit;
        }
    }

    /// <summary>What became of the choice: who isn't among the claimed was not there to be given any more.</summary>
    public void Settle(IReadOnlyList<Pick> picks, IEnumerable<(Guid Task, int Attempt)> claimed)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
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
                Unstall();
            }
        }
    }

    public Fit Why(Worker worker, LaneKey lane, long laneId)
    {
        lock (_gate)
        {
            return Placement.Match(worker, lane) is var match and not Fit.Eligible ? match
                : _refusals.ContainsKey((laneId, worker.Id)) ? Fit.Refused
                : Placement.Room(worker, _slots.Of(worker.Id, worker.DeviceId));
        }
    }

    /// <summary>What the table says of places, put right by what was told while it was read. That is over then.</summary>
    private List<TakenPlace> Now(IEnumerable<TakenPlace> taken)
    {
        var (freed, adopted) = (_meanwhile?.Freed ?? [], _meanwhile?.Taken ?? []);
        _meanwhile = null;
        return [.. taken.Where(place => !freed.Contains((place.Task, place.Attempt))), .. adopted.Values];
    }

    private void Take(List<TakenPlace> places, long now) =>
        places.ForEach(place => _slots.Take(place.Task, place.Attempt, place.Agent, place.Device, now));

    private Worker? Best(LaneQueue queue)
    {
        Worker? best = null;
        Burden least = default;
        foreach (var worker in Matching(queue))
        {
            var burden = _slots.Of(worker.Id, worker.DeviceId);
            if (Placement.Room(worker, burden) is Fit.Eligible && !_refusals.ContainsKey((queue.Id, worker.Id))
                && (best is null || Placement.Compare(worker, burden, best, least) < 0))
            {
                (best, least) = (worker, burden);
            }
        }

        return best;
    }

    private Worker[] Matching(LaneQueue queue)
    {
        var (version, workers) = fleet.Workers();
        if (queue.Matching is { } kept && kept.Fleet == version)
        {
            return kept.Workers;
        }

        if (lanes.Find(queue.Id) is not { } lane)
        {
            // Another replica made it; the next round has learned what it is.
            return [];
        }

        Worker[] matching = [.. workers.Where(worker => Placement.Match(worker, lane) is Fit.Eligible)];
        queue.Matching = (version, matching);
        return matching;
    }

    private void ForgetRefusals(long now)
    {
        if (_refusals.Count > 0 && _refusals.Where(r => time.GetElapsedTime(r.Value, now) > options.Value.RefusalPause).Select(r => r.Key).ToList() is { Count: > 0 } over)
        {
            over.ForEach(key => _refusals.Remove(key));
            Unstall();
        }
    }

    private void Unstall()
    {
        foreach (var queue in _queues.Values)
        {
            queue.IsStalled = false;
        }
    }

    private LaneQueue Of(long lane) =>
        _queues.TryGetValue(lane, out var known) ? known : _queues[lane] = LaneQueue.OfNew(lane, options.Value.LaneHeads);
}

using System.Diagnostics;
using Npgsql;

namespace Agents.Bench.Tasks;

/// <summary>What was submitted and what was done: a figure counts only when each task was done, and once.</summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _submitted = [];
    private readonly HashSet<Guid> _done = [];
    private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _target;
    private long _firstGiven;
    private long _lastDone;
    private string? _fault;

    public int Done
    {
        get
        {
            lock (_gate)
            {
                return _done.Count;
            }
        }
    }

    /// <summary>From now on so many more are to be done.</summary>
    public void Expect(int count)
    {
        lock (_gate)
        {
            _target = _done.Count + count;
            _firstGiven = 0;
            _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Submitted(Guid task)
    {
        lock (_gate)
        {
            _fault ??= _submitted.Add(task) ? null : $"{task} was answered to two submits.";
        }
    }

    public void Given(long at)
    {
        if (Volatile.Read(ref _firstGiven) == 0)
        {
            Interlocked.CompareExchange(ref _firstGiven, at, 0);
        }
    }

    /// <summary>The acknowledgement of a result has come.</summary>
    public void Acknowledged(Guid task, bool accepted)
    {
        lock (_gate)
        {
            _fault ??= !accepted ? $"The result of {task} was not accepted." : _done.Add(task) ? null : $"Two results of {task} were accepted.";
            if (_done.Count == _target)
            {
                _lastDone = Stopwatch.GetTimestamp();
                _all.TrySetResult();
            }
        }
    }

    /// <summary>When the first of them came to a device, and when the last was acknowledged.</summary>
    public async Task<(long FirstGiven, long LastDone)> AllAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await _all.Task.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"{_target - Done} tasks were not done within {limit.TotalSeconds:0} s. {_fault}");
        }

        return _fault is null ? (Volatile.Read(ref _firstGiven), _lastDone) : throw new InvalidOperationException(_fault);
    }

    /// <summary>What the devices were told stands in the tables, once, and nothing else does.</summary>
    public async Task CheckAsync(NpgsqlDataSource scheduler, CancellationToken cancellationToken)
    {
        await using var command = scheduler.CreateCommand(
            """
            SELECT (SELECT count(*) FROM outcomes WHERE status = 'done' AND attempt = 1), (SELECT count(*) FROM outcomes WHERE status <> 'canceled'),
                   (SELECT count(*) FROM task_events WHERE status = 'done'), (SELECT count(*) FROM outcomes o JOIN live l ON l.id = o.id)
            """);
        command.CommandTimeout = 300;
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var (done, ended, events, both) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        if (_fault is not null || done != Done || ended != Done || events != Done || both != 0 || !_done.IsSubsetOf(_submitted))
        {
            throw new InvalidOperationException(
                $"{Done} results were acknowledged; the tables have {done} done at the first attempt of {ended} ended, {events} such events, {both} both live and ended. {_fault}");
        }

        Console.Error.WriteLine($"{done:N0} tasks were done, each once.");
    }
}

using System.Threading.Channels;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Work;

/// <summary>
/// Follows what happens to tasks, as long as somebody watches, and shows each what he may see. Who comes back with the last
/// event that he has seen is shown all since, then what happens.
/// </summary>
internal sealed partial class TaskFollower(TaskEventReader reader, EventReplay replay, TimeProvider time, ILogger<TaskFollower> log) : BackgroundService
{
    private const int WaitSeconds = 20;

    private static readonly TimeSpan PrepareLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Connection> _watching = [];
    private readonly SemaphoreSlim _asking = new(1);
    private readonly Channel<bool> _came = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private string? _cursor;
    private int _coming;
    private bool _failing;

    /// <summary>Before a person is greeted: from the greeting on he is to miss nothing. Where it can't be done he is greeted all the same.</summary>
    public async ValueTask PrepareAsync(Peer peer)
    {
        if (peer is not PersonPeer)
        {
            return;
        }

        Interlocked.Increment(ref _coming);
        using var limit = new CancellationTokenSource(PrepareLimit, time);
        try
        {
            await BeginAsync(limit.Token);
        }
        catch (Exception e)
        {
            Lost(e);
        }
    }

    /// <summary>Greets, and shows from then on what happens; before it, nothing.</summary>
    public void Enter(Connection connection, Action greet)
    {
        if (connection.Peer is not PersonPeer person)
        {
            greet();
            return;
        }

        lock (_gate)
        {
            greet();
            if (person.LastEventId is null)
            {
                Watch(connection);
            }
        }

        Interlocked.Decrement(ref _coming);
        if (person.LastEventId is { } last)
        {
            _ = replay.ShowAsync(connection, person, last, () => Watch(connection));
        }
    }

    public void Left(Connection connection)
    {
        lock (_gate)
        {
            _watching.Remove(connection.Id);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (IsNobodyThere())
                {
                    await _came.Reader.ReadAsync(stoppingToken);
                    continue;
                }

                await BeginAsync(stoppingToken);
                var page = await reader.AskAsync(_cursor, WaitSeconds, stoppingToken);
                lock (_gate)
                {
                    foreach (var connection in _watching.Values)
                    {
                        connection.Show((PersonPeer)connection.Peer, page.Items);
                    }
                }

                _cursor = page.Cursor;
                _failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Lost(e);
                await Task.Delay(PauseAfterFailure, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Then nothing is followed, and whoever comes next begins with his own moment.</summary>
    private bool IsNobodyThere()
    {
        lock (_gate)
        {
            if (_watching.Count > 0)
            {
                return false;
            }

            if (Volatile.Read(ref _coming) == 0)
            {
                _cursor = null;
            }

            return true;
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            _cursor ??= (await reader.AskAsync(null, 0, cancellationToken)).Cursor;
        }
        finally
        {
            _asking.Release();
        }
    }

    private void Lost(Exception e)
    {
        if (!_failing)
        {
            Log.Lost(log, e.Message);
        }

        _failing = true;
    }

    private void Watch(Connection connection)
    {
        lock (_gate)
        {
            if (!connection.IsClosing)
            {
                _watching[connection.Id] = connection;
            }
        }

        _came.Writer.TryWrite(true);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What happens to tasks cannot be followed; it is asked for again: {Reason}")]
        public static partial void Lost(ILogger log, string reason);
    }
}

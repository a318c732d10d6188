using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>
/// A group, as far as somebody who is here reads it. What is new is sent to all who keep up, made once for each dialect; who
/// has missed something, or reads too slowly to keep up, is read to by itself, page by page, until it has caught up.
/// </summary>
internal sealed partial class Room(string groupId, LogPage page, long head, CancellationToken stopping, ILogger logger)
{
    private const int MostKept = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Reader> _readers = [];
    private readonly Queue<GroupEntry> _told = [];
    private long _head = head;
    private long _known = head;
    private bool _pumping;

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _readers.Count == 0;
            }
        }
    }

    public void Add(Reader reader)
    {
        lock (_gate)
        {
            _readers[reader.Connection.Id] = reader;
            if (reader.At >= _head)
            {
                reader.IsLive = true;
                return;
            }
        }

        _ = CatchUpAsync(reader);
    }

    public void Remove(Connection connection)
    {
        lock (_gate)
        {
            _readers.Remove(connection.Id);
        }
    }

    public void Rekey(Connection connection, IReadOnlyList<string> keys)
    {
        lock (_gate)
        {
            if (_readers.GetValueOrDefault(connection.Id) is { } reader)
            {
                reader.Keys = keys;
            }
        }
    }

    /// <summary>Entries that were just stored here, in the order of their numbers.</summary>
    public void Told(IEnumerable<GroupEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                _told.Enqueue(entry);
                _known = Math.Max(_known, entry.Seq);
            }

            while (_told.Count > MostKept)
            {
                // They are in the database.
                _told.Dequeue();
            }

            Start();
        }
    }

    /// <summary>The log has come to this number, here or elsewhere; without one: look.</summary>
    public void Heard(long? seq)
    {
        lock (_gate)
        {
            _known = Math.Max(_known, seq ?? _head + 1);
            Start();
        }
    }

    private void Start()
    {
        if (!_pumping && _known > _head)
        {
            _pumping = true;
            _ = Task.Run(PumpAsync, CancellationToken.None);
        }
    }

    private async Task PumpAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!Next(out var entries, out var after))
                {
                    return;
                }

                Send(entries ?? await page(groupId, after, stopping), after);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Log.NotRead(logger, groupId, e.Message);
                await Task.Delay(Pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False: there is nothing more.</returns>
    private bool Next(out List<GroupEntry>? entries, out long after)
    {
        lock (_gate)
        {
            while (_told.TryPeek(out var first) && first.Seq <= _head)
            {
                _told.Dequeue();
            }

            (entries, after) = (null, _head);
            if (_known <= _head || _readers.Count == 0)
            {
                _head = Math.Max(_head, _readers.Count == 0 ? _known : 0);
                _pumping = false;
                return false;
            }

            for (var next = _head + 1; _told.TryPeek(out var entry) && entry.Seq == next; next++)
            {
                (entries ??= []).Add(_told.Dequeue());
            }

            return true;
        }
    }

    private void Send(IReadOnlyList<GroupEntry> entries, long after)
    {
        lock (_gate)
        {
            if (entries is [])
            {
                // There was a number that nobody can see.
                _known = Math.Min(_known, after);
                return;
            }

            List<Reader> full = [];
            foreach (var entry in entries)
            {
                var encoded = new EncodedEntry(entry);
                foreach (var reader in _readers.Values.Where(reader => reader.IsLive))
                {
                    if (reader.Connection.HasRoom)
                    {
                        reader.Send(entry, encoded.For(reader.Connection.Dialect));
                    }
                    else
                    {
                        reader.IsLive = false;
                        full.Add(reader);
                    }
                }
            }

            _head = entries[^1].Seq;
            // Not before: who catches up has done so when it comes to the head.
            full.ForEach(reader => _ = CatchUpAsync(reader));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The log of group {Group} can't be read just now; it is tried again: {Reason}")]
        public static partial void NotRead(ILogger log, string group, string reason);
    }
}

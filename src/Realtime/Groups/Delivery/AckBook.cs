using Agents.ServiceDefaults.Loops;
using Npgsql;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>Up to which numbers who has read. Written down four times a second: who is cut off before that may see the last ones again.</summary>
internal sealed class AckBook(NpgsqlDataSource postgres, TimeProvider time, ILogger<AckBook> log) : Periodic(TimeSpan.FromMilliseconds(250), time, log)
{
    private const string Keep =
        """
        UPDATE group_members m SET read_seq = GREATEST(m.read_seq, LEAST(said.seq, g.last_seq))
        FROM unnest($1::text[], $2::text[], $3::bigint[]) said (group_id, member, seq) JOIN groups g ON g.id = said.group_id
        WHERE m.group_id = said.group_id AND m.member = said.member
        """;

    private const string Tell =
        """
        UPDATE inbox i SET told_at = now() FROM unnest($1::text[], $2::uuid[]) told (owner, id)
        WHERE i.owner = told.owner AND i.id = told.id AND i.told_at IS NULL
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Group, string Member), long> _pending = [];
    private readonly HashSet<(string Owner, Guid Message)> _told = [];

    public void Read(string groupId, IEnumerable<string> members, long seq)
    {
        lock (_gate)
        {
            foreach (var member in members)
            {
                _pending[(groupId, member)] = Math.Max(seq, _pending.GetValueOrDefault((groupId, member)));
            }
        }
    }

    /// <summary>A mention has come to who was meant, who has no words to say so: it waits in the inbox, and is not sent again.</summary>
    public void Told(string owner, Guid message)
    {
        lock (_gate)
        {
            _told.Add((owner, message));
        }
    }

    /// <summary>What is not written down yet; else 0.</summary>
    public long Pending(string groupId, string member)
    {
        lock (_gate)
        {
            return _pending.GetValueOrDefault((groupId, member));
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RunAsync(cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await KeepReadAsync(cancellationToken);
        await KeepToldAsync(cancellationToken);
    }

    private async Task KeepReadAsync(CancellationToken cancellationToken)
    {
        List<KeyValuePair<(string Group, string Member), long>> read;
        lock (_gate)
        {
            // In one order for all processes, so that they rarely stand in each other's way.
            read = [.. _pending.OrderBy(p => p.Key.Group, StringComparer.Ordinal).ThenBy(p => p.Key.Member, StringComparer.Ordinal)];
        }

        if (read.Count == 0)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await using var connection = await postgres.OpenConnectionAsync(limit.Token);
        await using var keep = connection.Statement(Keep)
            .WithTexts([.. read.Select(r => r.Key.Group)]).WithTexts([.. read.Select(r => r.Key.Member)]).WithLongs([.. read.Select(r => (long?)r.Value)]);
        await keep.ExecuteNonQueryAsync(limit.Token);
        lock (_gate)
        {
            foreach (var (key, seq) in read)
            {
                if (_pending.GetValueOrDefault(key) == seq)
                {
                    _pending.Remove(key);
                }
            }
        }
    }

    private async Task KeepToldAsync(CancellationToken cancellationToken)
    {
        List<(string Owner, Guid Message)> told;
        lock (_gate)
        {
            told = [.. _told.OrderBy(t => t.Owner, StringComparer.Ordinal).ThenBy(t => t.Message)];
        }

        if (told.Count == 0)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await using var connection = await postgres.OpenConnectionAsync(limit.Token);
        await using var tell = connection.Statement(Tell).WithTexts([.. told.Select(t => t.Owner)]).With<Guid[]>([.. told.Select(t => t.Message)]);
        await tell.ExecuteNonQueryAsync(limit.Token);
        lock (_gate)
        {
            _told.ExceptWith(told);
        }
    }
}

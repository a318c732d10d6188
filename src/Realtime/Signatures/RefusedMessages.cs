using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Loops;
using Npgsql;

namespace Agents.Realtime.Signatures;

/// <summary>What of a device is gathered into one entry of the audit.</summary>
/// <param name="Type">What it was to be.</param>
/// <param name="Reason">Why it was refused.</param>
internal readonly record struct RefusedKind(string DeviceId, string Type, string Reason);

/// <summary>
/// Forged and replayed messages on their way into the audit: the first of a kind at once, those that follow it within a minute
/// as one entry with their number. So a flood of them leaves a trace and fills no disk.
/// </summary>
internal sealed partial class RefusedMessages(NpgsqlDataSource postgres, TimeProvider time, ILogger<RefusedMessages> log) : Periodic(TimeSpan.FromMilliseconds(250), time, log)
{
    public const int MaxKinds = 10_000;

    /// <summary>For the moment when there are too many kinds to tell them apart.</summary>
    public const string Others = "others";

    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<RefusedKind, Gathered> _kinds = [];

    public void Add(RefusedKind kind, Signing by)
    {
        lock (_gate)
        {
            var gathered = Find(kind);
            gathered.Waiting++;
            gathered.Last = by;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(everything: true, cancellationToken);
    }

    protected override Task RunAsync(CancellationToken cancellationToken) => WriteAsync(everything: false, cancellationToken);

    /// <summary>What is due now, and is then forgotten where its minute is over. Put back with <see cref="Return"/> where it could not be written.</summary>
    internal IReadOnlyList<(RefusedKind Kind, int Count, Signing Last)> TakeDue(bool everything)
    {
        lock (_gate)
        {
            List<(RefusedKind, int, Signing)> due = [];
            foreach (var (kind, gathered) in _kinds)
            {
                var over = Time.GetElapsedTime(gathered.Since) >= Together;
                if (gathered.Waiting > 0 && (!gathered.IsToldOf || over || everything))
                {
                    due.Add((kind, gathered.Waiting, gathered.Last!));
                    (gathered.Waiting, gathered.IsToldOf) = (0, true);
                }

                if (over)
                {
                    _kinds.Remove(kind);
                }
            }

            return due;
        }
    }

    private void Return(IEnumerable<(RefusedKind Kind, int Count, Signing Last)> unwritten)
    {
        lock (_gate)
        {
            foreach (var (kind, count, last) in unwritten)
            {
                var gathered = Find(kind);
                (gathered.Waiting, gathered.Last, gathered.IsToldOf) = (gathered.Waiting + count, gathered.Last ?? last, false);
            }
        }
    }

    private Gathered Find(RefusedKind kind)
    {
        if (!_kinds.ContainsKey(kind) && _kinds.Count >= MaxKinds)
        {
            kind = kind with { DeviceId = Others };
        }

        return _kinds.TryGetValue(kind, out var gathered) ? gathered : _kinds[kind] = new(Time.GetTimestamp());
    }

    private async Task WriteAsync(bool everything, CancellationToken cancellationToken)
    {
        var due = TakeDue(everything);
        if (due.Count == 0)
        {
            return;
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Limit);
            await using var connection = await postgres.OpenConnectionAsync(limit.Token);
            await using var transaction = await connection.BeginTransactionAsync(limit.Token);
            foreach (var (kind, count, last) in due)
            {
                await connection.AddAuditAsync(EntryOf(kind, count, last), limit.Token);
            }

            await transaction.CommitAsync(limit.Token);
        }
        catch
        {
            Return(due);
            throw;
        }
    }

    private AuditEntry EntryOf(RefusedKind kind, int count, Signing last) => AuditEntry.Of(
        Caller.Nobody with { Id = kind.DeviceId, Address = last.Address, RequestId = last.RequestId },
        Time, "message.refused", last.Target, "refused", $"{kind.Type}: {kind.Reason}{(count > 1 ? $", {count} times" : "")}");

    private sealed class Gathered(long since)
    {
        public long Since => since;

        public int Waiting { get; set; }

        public Signing? Last { get; set; }

        public bool IsToldOf { get; set; }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Agents.Realtime.Groups.Rest;

/// <summary>Changes of who is in a group: those that it concerns are told at the commit, wherever they are connected.</summary>
internal static class GroupTransaction
{
    /// <summary>Within the transaction that an Idempotency-Key has begun, where there is one.</summary>
    public static async Task<Held> BeginAsync(RealtimeDb db, CancellationToken cancellationToken) =>
        new(db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null);

    /// <param name="members">Null: it may be anybody.</param>
    public static async Task TellAsync(this RealtimeDb db, string groupId, IReadOnlyList<string?> members, CancellationToken cancellationToken)
    {
        foreach (var member in members.Count > MostNamed ? [null] : members)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify({GroupWord.Channel}, {GroupWord.Changed(groupId, member).ToString()})", cancellationToken);
        }
    }

    private const int MostNamed = 50;

    internal sealed class Held(IDbContextTransaction? own) : IAsyncDisposable
    {
        public Task CommitAsync(CancellationToken cancellationToken) => own?.CommitAsync(cancellationToken) ?? Task.CompletedTask;

        public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}

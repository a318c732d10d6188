using Agents.Contracts.Realtime.Groups;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime.Groups.Delivery;

/// <summary>What comes after a number of a group's log: some of it, and nothing where there is no more.</summary>
internal delegate Task<IReadOnlyList<GroupEntry>> LogPage(string groupId, long after, CancellationToken cancellationToken);

/// <summary>Reads a group's log for who has missed some of it.</summary>
internal sealed class LogReader(IServiceScopeFactory scopes)
{
    private const int MostInPage = 200;
    private const int MostCharacters = 256 * 1024;
    private const int AtOnce = 8;

    /// <summary>After an outage everybody comes back at once, and each has missed something.</summary>
    private readonly SemaphoreSlim _reading = new(AtOnce);

    /// <summary>What comes after the number, as much as fits into what waits for a connection.</summary>
    public async Task<IReadOnlyList<GroupEntry>> PageAsync(string groupId, long after, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<RealtimeDb>();
            List<GroupEntry> page = [];
            var characters = 0;
            var entries = db.Entries.AsNoTracking().Where(e => e.GroupId == groupId && e.Seq > after).OrderBy(e => e.Seq).Take(MostInPage);
            await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                page.Add(entry.ToWire());
                if ((characters += entry.Content.Length + (entry.Signature?.Length ?? 0)) > MostCharacters)
                {
                    break;
                }
            }

            return page;
        }
        finally
        {
            _reading.Release();
        }
    }
}

using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.Registry.Changes;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Bulk;

/// <summary>Makes agents of a post, all of them or none.</summary>
internal sealed class Recruitment(RegistryDb db, Carriers carriers, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Any number that nothing else in this database locks.</summary>
    private const long LockKey = 243691;

    public async Task<(AgentsMade? Made, Failure? Wrong)> MakeAsync(Caller by, string postId, AgentsOrder order, CancellationToken cancellationToken)
    {
        // The idempotent answer's, where there is one.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        // One after the other: two that lock many devices never wait for each other in a circle, and two of a post never count alike.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
        var (devices, wrong) = await carriers.FindAsync(order, cancellationToken);
        if (devices is null)
        {
            return (null, wrong);
        }

        var taken = await db.Agents.Where(a => a.PostId == postId).Select(a => a.Name).ToListAsync(cancellationToken);
        var (names, problem) = AgentNames.Make(order.NamePattern, order.Post, devices, taken);
        if (problem is not null)
        {
            return (null, new Invalid("name_pattern", problem));
        }

        if (order.Preview)
        {
            return (new([.. devices.Zip(names, (device, name) => new AgentMade("", name, device))]), null);
        }

        List<AgentMade> agents = [.. devices.Zip(names, (device, name) => new AgentMade(Ids.New(time), name, device))];
        await db.InsertAsync(agents, postId, order, AuditEntry.Of(by, time, "agent.created", postId), cancellationToken);
        await feed.SaveAsync([.. agents.Select(agent => new Told(ChangeKind.AgentSaved, agent.Id))], cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }

        return (new(agents), null);
    }
}

using System.Security.Cryptography;
using System.Text;
using Agents.ServiceDefaults.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry.Agents;

/// <summary>
/// Tokens that people thought up for their agents. They may be weak, so they are kept under a key that is in no database:
/// who steals the table can't try them out.
/// </summary>
internal sealed class AgentTokens(MasterKey master)
{
    private readonly byte[] _key = master.Derive("agent-token");

    public byte[] HashOf(string token) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(token));

    /// <summary>The agent that the token belongs to; without an id it has to be one agent's alone.</summary>
    public async Task<Agent?> FindAsync(RegistryDb db, string token, string? agentId, CancellationToken cancellationToken)
    {
        var hash = HashOf(token);
        if (agentId is null)
        {
            return await db.Agents.AsNoTracking().Where(a => a.TokenHash == hash).Take(2).ToListAsync(cancellationToken) is [{ } only] ? only : null;
        }

        var agent = await db.Agents.AsNoTracking().SingleOrDefaultAsync(a => a.Id == agentId, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(agent?.TokenHash ?? new byte[hash.Length], hash) ? agent : null;
    }
}

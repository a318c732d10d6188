using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime;

internal sealed class RealtimeDb(DbContextOptions<RealtimeDb> options) : ServiceDb(options)
{
    protected override void Describe(ModelBuilder model)
    {
    }
}

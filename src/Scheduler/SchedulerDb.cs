using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Scheduler;

internal sealed class SchedulerDb(DbContextOptions<SchedulerDb> options) : ServiceDb(options)
{
    protected override void Describe(ModelBuilder model)
    {
    }
}

using Agents.Scheduler.Schedules;
using Microsoft.EntityFrameworkCore;

namespace Agents.Scheduler;

internal sealed class SchedulerDb(DbContextOptions<SchedulerDb> options) : ServiceDb(options)
{
    public DbSet<Schedule> Schedules => Set<Schedule>();

    public DbSet<Firing> Firings => Set<Firing>();

    protected override void Describe(ModelBuilder model)
    {
        Schedule.Describe(model.Entity<Schedule>());
        Firing.Describe(model.Entity<Firing>());
    }
}

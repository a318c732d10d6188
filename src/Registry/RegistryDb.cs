using Agents.Registry.Agents;
using Agents.Registry.Changes;
using Agents.Registry.Configs;
using Agents.Registry.Devices;
using Agents.Registry.Enrolment;
using Agents.Registry.Overrides;
using Agents.Registry.Presence;
using Agents.Registry.Secrets;
using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry;

internal sealed class RegistryDb(DbContextOptions<RegistryDb> options) : ServiceDb(options)
{
    public DbSet<Device> Devices => Set<Device>();

    public DbSet<DevicePublicKey> DeviceKeys => Set<DevicePublicKey>();

    public DbSet<EnrolmentEntry> EnrolmentTokens => Set<EnrolmentEntry>();

    public DbSet<Agent> Agents => Set<Agent>();

    public DbSet<AgentOverride> Overrides => Set<AgentOverride>();

    public DbSet<AgentConfig> Configs => Set<AgentConfig>();

    public DbSet<AgentSecret> Secrets => Set<AgentSecret>();

    public DbSet<SeenMessage> SeenMessages => Set<SeenMessage>();

    public DbSet<PresenceRow> Presence => Set<PresenceRow>();

    public DbSet<RealtimeInstance> RealtimeInstances => Set<RealtimeInstance>();

    public DbSet<ChangeEntry> Changes => Set<ChangeEntry>();

    protected override void Describe(ModelBuilder model)
    {
        Device.Describe(model.Entity<Device>());
        DevicePublicKey.Describe(model.Entity<DevicePublicKey>());
        EnrolmentEntry.Describe(model.Entity<EnrolmentEntry>());
        Agent.Describe(model.Entity<Agent>());
        AgentOverride.Describe(model.Entity<AgentOverride>());
        AgentConfig.Describe(model.Entity<AgentConfig>());
        AgentSecret.Describe(model.Entity<AgentSecret>());
        SeenMessage.Describe(model.Entity<SeenMessage>());
        PresenceRow.Describe(model.Entity<PresenceRow>());
        RealtimeInstance.Describe(model.Entity<RealtimeInstance>());
        ChangeEntry.Describe(model);
        model.HasSequence<int>(TokenVersions.Sequence);
    }
}

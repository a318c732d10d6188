using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work;

/// <summary>An application whose leases and limits are a few seconds long.</summary>
public class HastyApp : AgentsApp
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    protected override void Adapt(IDistributedApplicationTestingBuilder builder)
    {
        var scheduler = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "scheduler");
        builder.CreateResourceBuilder(scheduler)
            .WithEnvironment("Work__Lease", Lease.ToString())
            .WithEnvironment("Work__AcceptLimit", "00:00:01")
            .WithEnvironment("Work__RefusalPause", "00:00:01")
            .WithEnvironment("Work__DrainLimit", "00:00:02");
    }
}

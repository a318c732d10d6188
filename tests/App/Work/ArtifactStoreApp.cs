using Agents.Tests.App.Whole;
using Agents.Tests.Units.Scheduler;

namespace Agents.Tests.App.Work;

/// <summary>An application whose files lie in a store that speaks S3, and that looks every second for what nobody wants.</summary>
public sealed class ArtifactStoreApp : AgentsApp, IAsyncLifetime
{
    internal ArtifactS3StandIn Store { get; } = new();

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await Store.StartAsync();
        await base.InitializeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await Store.DisposeAsync();
    }

    protected override void Adapt(IDistributedApplicationTestingBuilder builder)
    {
        var scheduler = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "scheduler");
        builder.CreateResourceBuilder(scheduler)
            .WithEnvironment("Artifacts__S3__Endpoint", Store.Address)
            .WithEnvironment("Artifacts__S3__Bucket", ArtifactS3StandIn.Bucket)
            .WithEnvironment("Artifacts__S3__Region", ArtifactS3StandIn.Region)
            .WithEnvironment("Artifacts__S3__AccessKey", ArtifactS3StandIn.AccessKey)
            .WithEnvironment("Artifacts__S3__SecretKey", ArtifactS3StandIn.SecretKey)
            .WithEnvironment("Work__MaxArtifactBytes", (20 << 20).ToString(System.Globalization.CultureInfo.InvariantCulture))
            .WithEnvironment("Work__MaxArtifactBytesPerTask", (30 << 20).ToString(System.Globalization.CultureInfo.InvariantCulture))
            .WithEnvironment("Work__ArtifactSweepEvery", "00:00:01");
    }
}

using Agents.Hosting.ApplicationModel;
using Agents.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Agents.Hosting.Engine;

/// <summary>What <c>Run()</c> does: publishes, or runs until told to stop; the exit code tells how it went.</summary>
internal sealed class Runner(
    DistributedApplicationExecutionContext context, DistributedApplicationModel model, IConfiguration configuration)
{
    public async Task RunAsync(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            await (context.IsPublishMode ? PublishAsync(cancellationToken) : host.RunAsync(cancellationToken));
        }
        catch (DistributedApplicationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            System.Environment.ExitCode = 1;
        }
    }

    private Task PublishAsync(CancellationToken cancellationToken)
    {
        if (context.PublisherName != "manifest")
        {
            throw new DistributedApplicationException($"There is no publisher called '{context.PublisherName}'; 'manifest' is the one that is there.");
        }

        var path = configuration["output-path"]
            ?? throw new DistributedApplicationException("Say where the manifest goes: --output-path FILE.json or FOLDER.");
        return ManifestPublisher.PublishAsync(model, path, cancellationToken);
    }
}

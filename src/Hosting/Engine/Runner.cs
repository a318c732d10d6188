using System.Runtime.InteropServices;
using Agents.Hosting.ApplicationModel;
using Agents.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Agents.Hosting.Engine;

/// <summary>What <c>Run()</c> does: publishes, or runs until told to stop; the exit code tells how it went.</summary>
internal sealed class Runner(
    DistributedApplicationExecutionContext context, DistributedApplicationModel model, IConfiguration configuration, IServiceProvider services)
{
    public async Task RunAsync(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            if (context.IsPublishMode)
            {
                await PublishAsync(cancellationToken);
                return;
            }

            // Asked for before the run: it is gone with the host afterwards.
            var orchestrator = services.GetRequiredService<Orchestrator>();
            var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
            using var hangup = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                // The terminal was closed: end in order, not at once.
                signal.Cancel = true;
                lifetime.StopApplication();
            });
            var watch = RunCommandWatch.RunAsync(
                lifetime, services.GetRequiredService<IScreen>(), services.GetRequiredService<TimeProvider>(), lifetime.ApplicationStopping);
            await host.RunAsync(cancellationToken);
            await watch;
            if (orchestrator.Failure is { } failure)
            {
                throw failure;
            }
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

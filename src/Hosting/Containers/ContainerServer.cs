using System.Security.Cryptography;
using System.Text;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

/// <summary>A server in a container of its own, which goes when its client does.</summary>
internal sealed class ContainerServer(ContainerResource resource, DataFolder data, TimeProvider time, params string[] arguments) : IServer
{
    private readonly string _name = $"agents-{resource.Name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Root)))[..12]}";

    /// <summary>Whether an earlier start put data into a container's volume.</summary>
    public bool HasData => File.Exists(Marker);

    private string Marker => Path.Combine(data.Root, $"{resource.Name}-container");

    public async Task<ChildCommand> PrepareAsync(CancellationToken cancellationToken)
    {
        var program = Containers.Program
            ?? throw new DistributedApplicationException($"'{resource.Name}' has its data in a container, and neither docker nor podman is here. Install one of them.");
        // What an earlier run could not take along.
        await ShortRun.RunAsync(new ChildCommand(program, "rm", "--force", _name), TimeSpan.FromSeconds(20), time, cancellationToken);

        var environment = await EnvironmentVariables.OfAsync(
            resource, new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run), cancellationToken);
        if (!data.IsTemporary && resource.Annotations.OfType<ContainerMountAnnotation>().Any())
        {
            await File.WriteAllTextAsync(Marker, _name, cancellationToken);
        }

        return new ChildCommand(program, [.. Options(environment), .. arguments])
        {
            Environment = environment,
            // The client hands the signal on to the server; killed outright it would leave the container behind.
            StopSignal = Signal.Interrupt,
            DeathSignal = Signal.Interrupt
        };
    }

    private IEnumerable<string> Options(Dictionary<string, string> environment)
    {
        string[] options = ["run", "--rm", "--name", _name];
        var ports = resource.Annotations.OfType<EndpointAnnotation>()
            .SelectMany(e => new[] { "--publish", $"127.0.0.1:{e.ReplicaPorts[0]}:{e.TargetPort}" });
        // Names alone: values stand in the client's environment and in no list of processes.
        var variables = environment.Keys.SelectMany(name => new[] { "--env", name });
        var volumes = resource.Annotations.OfType<ContainerMountAnnotation>().Where(_ => !data.IsTemporary)
            .SelectMany(m => new[] { "--volume", $"{_name}:{m.Target}" });
        string[] entrypoint = resource.Entrypoint is { } program ? ["--entrypoint", program] : [];
        return [.. options, .. ports, .. variables, .. volumes, .. entrypoint, resource.Annotations.OfType<ContainerImageAnnotation>().Last().FullName];
    }
}

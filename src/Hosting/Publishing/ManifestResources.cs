using System.Text.Json.Nodes;
using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

/// <summary>Each resource as its object in the manifest, in the order of the model, then what those refer to and the model does not list.</summary>
internal sealed class ManifestResources(string folder)
{
    private readonly ManifestValues _values = new();
    private readonly ManifestBindings _bindings = new();

    public async Task<JsonObject> WriteAsync(DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        var written = new JsonObject();
        foreach (var resource in model.Resources)
        {
            written[resource.Name] = await WriteAsync(resource, cancellationToken);
        }

        // What is written last may refer to more, so until nothing is left.
        while (_values.Referenced.FirstOrDefault(resource => !written.ContainsKey(resource.Name)) is { } referenced)
        {
            written[referenced.Name] = await WriteAsync(referenced, cancellationToken);
        }

        return written;
    }

    private async Task<JsonObject> WriteAsync(IResource resource, CancellationToken cancellationToken) => resource switch
    {
        ContainerResource container => await WriteContainerAsync(container, cancellationToken),
        ProjectResource project => await WriteProjectAsync(project, cancellationToken),
        ParameterResource parameter => ManifestParameters.Write(parameter),
        IResourceWithConnectionString connection => new JsonObject
        {
            ["type"] = "value.v0",
            ["connectionString"] = _values.Expression(connection.ConnectionStringExpression),
        },
        _ => throw new DistributedApplicationException($"'{resource.Name}' is a {resource.GetType().Name}, which a manifest cannot hold."),
    };

    private async Task<JsonObject> WriteProjectAsync(ProjectResource project, CancellationToken cancellationToken)
    {
        if (!project.TryGetLastAnnotation<IProjectMetadata>(out var metadata))
        {
            throw new DistributedApplicationException($"'{project.Name}' does not say where its project lies.");
        }

        var written = new JsonObject { ["type"] = "project.v0", ["path"] = RelativePath(metadata.ProjectPath) };
        await _values.WriteEnvironmentAsync(written, project, ProjectDefaults.Environment(project), cancellationToken);
        _bindings.Write(written, project);
        return written;
    }

    private async Task<JsonObject> WriteContainerAsync(ContainerResource container, CancellationToken cancellationToken)
    {
        if (!container.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
        {
            throw new DistributedApplicationException($"'{container.Name}' does not say which container image it is.");
        }

        var written = new JsonObject { ["type"] = "container.v0" };
        if (container is IResourceWithConnectionString connection)
        {
            written["connectionString"] = _values.Expression(connection.ConnectionStringExpression);
        }

        written["image"] = image.FullName;
        ManifestValues.WriteCommand(written, container);
        WriteVolumes(written, container);
        await _values.WriteEnvironmentAsync(written, container, [], cancellationToken);
        _bindings.Write(written, container);
        return written;
    }

    private static void WriteVolumes(JsonObject written, ContainerResource container)
    {
        if (!container.TryGetAnnotationsOfType<ContainerMountAnnotation>(out var mounts))
        {
            return;
        }

        written["volumes"] = new JsonArray([.. mounts.Select(mount => mount.Type == ContainerMountType.Volume
            ? new JsonObject { ["name"] = mount.Source, ["target"] = mount.Target, ["readOnly"] = mount.IsReadOnly }
            : throw new DistributedApplicationException(
                $"'{container.Name}' mounts a folder of this machine, which no other machine has; use a volume."))]);
    }

    // The reader takes paths from where the file lies, and may stand on another kind of machine.
    private string RelativePath(string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}

using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting;

/// <summary>Where a referenced project lies; the build writes one such class for each, as <c>Projects.Name</c>.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }
}

internal sealed record ProjectMetadata(string ProjectPath) : IProjectMetadata;

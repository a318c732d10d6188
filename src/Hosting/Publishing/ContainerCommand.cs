using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

/// <summary>What a container is started with where it is deployed; the local engine starts its servers in its own way.</summary>
internal sealed record ContainerCommand(string Entrypoint, params string[] Arguments) : IResourceAnnotation;

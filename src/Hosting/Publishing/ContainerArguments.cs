using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

/// <summary>What a container is started with where it is deployed; the local engine starts its servers in its own way.</summary>
internal sealed record ContainerArguments(params string[] Values) : IResourceAnnotation;

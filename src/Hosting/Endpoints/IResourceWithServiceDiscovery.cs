using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting;

/// <summary>A resource that others find by its name, as <c>services__{name}__{endpoint}__0</c>.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

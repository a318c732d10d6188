using System.Text.Json.Nodes;
using Agents.Hosting;
using Agents.Hosting.ApplicationModel;
using Agents.Hosting.Publishing;

namespace Agents.Tests.Units.Publishing;

/// <summary>An app host of a few lines, and what of it stands in the manifest.</summary>
internal static class Published
{
    public static string Folder { get; } = OperatingSystem.IsWindows() ? @"C:\house\out" : "/house/out";

    public static string ProjectFile(string name) => Path.GetFullPath(Path.Combine(Folder, "..", "src", name, $"{name}.csproj"));

    public static async Task<JsonObject> ResourcesAsync(Action<IDistributedApplicationBuilder> describe)
    {
        var builder = DistributedApplication.CreateBuilder(["--publisher", "manifest"]);
        describe(builder);
        return await new ManifestResources(Folder).WriteAsync(
            new DistributedApplicationModel(builder.Resources), TestContext.Current.CancellationToken);
    }

    public static IResourceBuilder<ProjectResource> AddWeb(this IDistributedApplicationBuilder builder, string name = "web") =>
        builder.AddProject(name, ProjectFile(name)).WithHttpEndpoint();

    public static string Json(this JsonNode? node) => node?.ToJsonString() ?? "";
}

using Agents.Hosting;
using Agents.Hosting.ApplicationModel;

namespace Agents.Tests.Units.Publishing;

public sealed class ManifestBindingsTests
{
    [Fact]
    public async Task Http_First_LeavesThePortToTheReader() =>
        Assert.Equal("""{"http":{"scheme":"http","protocol":"tcp","transport":"http"}}""", await BindingsAsync(web => web));

    [Fact]
    public async Task Http_Second_IsGivenAPort() => Assert.Equal(
        """
        {"http":{"scheme":"http","protocol":"tcp","transport":"http","external":true},
        "grpc":{"scheme":"http","protocol":"tcp","transport":"http2","targetPort":8000}}
        """.ReplaceLineEndings(""),
        await BindingsAsync(web => web.WithExternalHttpEndpoints()
            .WithHttpEndpoint(name: "grpc").WithEndpoint("grpc", endpoint => endpoint.Transport = "http2")));

    [Fact]
    public async Task GivenPort_ThatIsTakenAlready_IsAnother() => Assert.Contains(
        "\"targetPort\":8001",
        await BindingsAsync(web => web.WithHttpEndpoint(name: "fixed", targetPort: 8000).WithHttpEndpoint(name: "next")));

    [Fact]
    public async Task Port_DifferentFromTheTarget_IsWritten() => Assert.Contains(
        "\"port\":9000,\"targetPort\":9001",
        await BindingsAsync(web => web.WithHttpEndpoint(name: "both", port: 9000, targetPort: 9001)));

    [Fact]
    public async Task Port_SameAsTheTarget_IsNot() => Assert.EndsWith(
        "\"transport\":\"http\",\"targetPort\":9090}}",
        await BindingsAsync(web => web.WithHttpEndpoint(name: "same", port: 9090, isProxied: false)));

    private static async Task<string> BindingsAsync(Func<IResourceBuilder<ProjectResource>, IResourceBuilder<ProjectResource>> describe)
    {
        var resources = await Published.ResourcesAsync(builder => describe(builder.AddWeb()));
        return resources["web"]!["bindings"].Json();
    }
}

using Agents.Hosting;
using Agents.Hosting.ApplicationModel;

namespace Agents.Tests.Units.Publishing;

public sealed class ManifestResourcesTests
{
    [Fact]
    public async Task Project_Path_IsRelativeWithForwardSlashes()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddWeb());

        Assert.Equal("../src/web/web.csproj", (string?)resources["web"]!["path"]);
    }

    [Fact]
    public async Task Project_Environment_HasAspiresDefaults()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddWeb());

        Assert.Equal(
            """
            {"OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EXCEPTION_LOG_ATTRIBUTES":"true",
            "OTEL_DOTNET_EXPERIMENTAL_OTLP_EMIT_EVENT_LOG_ATTRIBUTES":"true",
            "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY":"in_memory",
            "ASPNETCORE_FORWARDEDHEADERS_ENABLED":"true",
            "HTTP_PORTS":"{web.bindings.http.targetPort}"}
            """.ReplaceLineEndings(""),
            resources["web"]!["env"].Json());
    }

    [Fact]
    public async Task Project_WithoutEndpoints_HasNoPortsAndNoProxyBeforeIt()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddProject("worker", Published.ProjectFile("worker")));

        var environment = resources["worker"]!["env"]!.AsObject();
        Assert.False(environment.ContainsKey("HTTP_PORTS"));
        Assert.False(environment.ContainsKey("ASPNETCORE_FORWARDEDHEADERS_ENABLED"));
        Assert.Null(resources["worker"]!["bindings"]);
    }

    [Fact]
    public async Task Project_WhatTheAppHostSays_Wins()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddWeb().WithEnvironment("HTTP_PORTS", "8123"));

        Assert.Equal("8123", (string?)resources["web"]!["env"]!["HTTP_PORTS"]);
    }

    [Fact]
    public async Task Project_EndpointLeftOutOfTheEnvironment_IsNotInHttpPorts()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddWeb()
            .WithHttpEndpoint(name: "grpc")
            .WithEndpointsInEnvironment(endpoint => endpoint.Name != "grpc"));

        Assert.Equal("{web.bindings.http.targetPort}", (string?)resources["web"]!["env"]!["HTTP_PORTS"]);
    }

    [Fact]
    public async Task References_AreExpressions()
    {
        var resources = await Published.ResourcesAsync(builder =>
        {
            var database = builder.AddPostgres("postgres").AddDatabase("webdb");
            builder.AddWeb().WithReference(database).WithReference(builder.AddWeb("other"));
        });

        var environment = resources["web"]!["env"]!;
        Assert.Equal("{webdb.connectionString}", (string?)environment["ConnectionStrings__webdb"]);
        Assert.Equal("{other.bindings.http.url}", (string?)environment["services__other__http__0"]);
        Assert.Equal("""{"type":"value.v0","connectionString":"{postgres.connectionString};Database=webdb"}""", resources["webdb"].Json());
    }

    [Fact]
    public async Task PlainText_WithBraces_IsNoExpression()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddWeb().WithEnvironment("GREETING", "hello {name}"));

        Assert.Equal("hello {{name}}", (string?)resources["web"]!["env"]!["GREETING"]);
    }

    [Fact]
    public async Task Redis_IsStartedWithItsPassword()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddRedis("redis"));

        Assert.Equal("/bin/sh", (string?)resources["redis"]!["entrypoint"]);
        Assert.Equal("""["-c","redis-server --requirepass $REDIS_PASSWORD"]""", resources["redis"]!["args"].Json());
        Assert.Equal("{redis.bindings.tcp.host}:{redis.bindings.tcp.port},password={redis-password.value}", (string?)resources["redis"]!["connectionString"]);
    }

    [Fact]
    public async Task Container_Volume_IsPublished()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddPostgres("postgres").WithDataVolume("kept"));

        Assert.Equal("""[{"name":"kept","target":"/var/lib/postgresql/data","readOnly":false}]""", resources["postgres"]!["volumes"].Json());
    }

    [Fact]
    public async Task Parameter_OnlyReferredTo_IsWrittenToo()
    {
        var resources = await Published.ResourcesAsync(builder =>
            builder.AddWeb().WithEnvironment(context => context.EnvironmentVariables["KEY"] = new ParameterResource("key", _ => "1234", secret: true)));

        Assert.Equal("{key.value}", (string?)resources["web"]!["env"]!["KEY"]);
        Assert.Equal("parameter.v0", (string?)resources["key"]!["type"]);
    }

    [Fact]
    public async Task Resource_ThatNoManifestCanHold_IsSaid()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            Published.ResourcesAsync(builder => builder.AddResource(new Strange("odd"))));

        Assert.Equal("'odd' is a Strange, which a manifest cannot hold.", refusal.Message);
    }

    private sealed class Strange(string name) : Resource(name);
}

using Agents.Hosting;
using Agents.Hosting.ApplicationModel;

namespace Agents.Tests.Units.Publishing;

public sealed class ManifestParametersTests
{
    [Fact]
    public async Task Secret_WithARecipe_IsGeneratedByTheDeployment()
    {
        var recipe = new GenerateParameterDefault { MinLength = 24, Special = false, MinUpper = 2 };
        var resources = await Published.ResourcesAsync(builder => builder.AddParameter("key", recipe, secret: true, persist: true));

        Assert.Equal(
            """
            {"type":"parameter.v0","value":"{key.inputs.value}","inputs":{"value":{"type":"string","secret":true,
            "default":{"generate":{"minLength":24,"special":false,"minUpper":2}}}}}
            """.ReplaceLineEndings(""),
            resources["key"].Json());
    }

    [Fact]
    public async Task Secret_WithAFixedValue_IsNeverWritten()
    {
        var resources = await Published.ResourcesAsync(builder =>
            builder.AddParameter("key", "hunter2", publishValueAsDefault: true, secret: true));

        Assert.DoesNotContain("hunter2", resources.Json());
        Assert.Null(resources["key"]!["inputs"]!["value"]!["default"]);
    }

    [Fact]
    public async Task Value_PublishedAsDefault_IsTheDefault()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddParameter("email", "admin@localhost", publishValueAsDefault: true));

        Assert.Equal("""{"type":"string","default":{"value":"admin@localhost"}}""", resources["email"]!["inputs"]!["value"].Json());
    }

    [Fact]
    public async Task Value_NotPublished_IsAskedFor()
    {
        var resources = await Published.ResourcesAsync(builder => builder.AddParameter("email", "admin@localhost"));

        Assert.Equal("""{"type":"string"}""", resources["email"]!["inputs"]!["value"].Json());
    }
}

using Agents.Gateway.Paths;

namespace Agents.Tests.Units.Gateway;

public sealed class ApiPathTests
{
    [Theory]
    [InlineData("/api/tasks", "/api/v1/tasks")]
    [InlineData("/api/agents/a1/tasks", "/api/v1/agents/a1/tasks")]
    [InlineData("/API/tasks", "/api/v1/tasks")]
    [InlineData("/api/v1x/tasks", "/api/v1/v1x/tasks")]
    [InlineData("/api/internal", "/api/v1/internal")]
    public void Canonical_WithoutVersion_GetsOne(string path, string canonical) => Assert.Equal(canonical, ApiPath.Canonical(path));

    [Theory]
    [InlineData("/api/v1/tasks")]
    [InlineData("/api/V1/tasks")]
    [InlineData("/api/v1")]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/apis/tasks")]
    [InlineData("/ws")]
    [InlineData("/")]
    public void Canonical_OfAnythingElse_IsNull(string path) => Assert.Null(ApiPath.Canonical(path));

    [Theory]
    [InlineData("//internal")]
    [InlineData("/api/v1//internal")]
    [InlineData("/api/v1/auth/%2e%2e/internal")]
    [InlineData("/api/v1/auth/..%2Finternal")]
    [InlineData(@"/api/v1/auth/..\internal")]
    [InlineData("/api/v1/a\nb")]
    [InlineData("/api/v1/a\0b")]
    public void IsPlain_WhatADecoderCouldReadDifferently_IsFalse(string path) => Assert.False(ApiPath.IsPlain(path));

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/agents/a.b_c-d/inbox")]
    [InlineData("/api/v1/groups/群组")]
    public void IsPlain_OrdinaryPath_IsTrue(string path) => Assert.True(ApiPath.IsPlain(path));

    [Fact]
    public void IsUnder_ASiblingWithTheSameBeginning_IsFalse()
    {
        Assert.True(ApiPath.IsUnder("/ws", "/ws"));
        Assert.True(ApiPath.IsUnder("/WS/tasks", "/ws"));
        Assert.False(ApiPath.IsUnder("/wsx", "/ws"));
    }
}

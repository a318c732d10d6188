using Agents.Hosting.Engine;

namespace Agents.Tests.Units.Hosting;

public class InheritedEnvironmentTests
{
    [Theory]
    [InlineData("AGENTS_MASTER_KEY")]
    [InlineData("ConnectionStrings__postgres")]
    [InlineData("CONNECTIONSTRINGS__REDIS")]
    [InlineData("DB_DSN")]
    [InlineData("JWT_SECRET")]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("PGPASSWORD")]
    public void IsOurs_WhatConfiguresTheApplication_IsNotInherited(string name) => Assert.True(InheritedEnvironment.IsOurs(name));

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("DOTNET_ROOT")]
    [InlineData("SSL_CERT_DIR")]
    public void IsOurs_WhatConfiguresTheMachine_IsInherited(string name) => Assert.False(InheritedEnvironment.IsOurs(name));
}

using System.Text.Json;

namespace Agents.Tests.App.Publishing;

/// <summary>The rules themselves: a good manifest passes, and each way to break it is noticed.</summary>
public sealed class ManifestRulesTests
{
    private const string Good = """
        {
          "$schema": "https://json.schemastore.org/aspire-8.0.json",
          "resources": {
            "db": {
              "type": "container.v0", "image": "docker.io/library/postgres:17.6",
              "connectionString": "Host={db.bindings.tcp.host};Port={db.bindings.tcp.port};Password={db-password.value}",
              "env": { "POSTGRES_PASSWORD": "{db-password.value}" },
              "bindings": { "tcp": { "scheme": "tcp", "protocol": "tcp", "transport": "tcp", "targetPort": 5432 } }
            },
            "appdb": { "type": "value.v0", "connectionString": "{db.connectionString};Database=appdb" },
            "web": {
              "type": "project.v0", "path": "web.csproj",
              "env": { "HTTP_PORTS": "{web.bindings.http.targetPort}", "NOTE": "{{not an expression}}" },
              "bindings": {
                "http": { "scheme": "http", "protocol": "tcp", "transport": "http", "external": true },
                "grpc": { "scheme": "http", "protocol": "tcp", "transport": "http2", "targetPort": 8000 }
              }
            },
            "db-password": {
              "type": "parameter.v0", "value": "{db-password.inputs.value}",
              "inputs": { "value": { "type": "string", "secret": true, "default": { "generate": { "minLength": 22 } } } }
            }
          }
        }
        """;

    [Fact]
    public void Violations_GoodManifest_AreNone() => Assert.Equal([], Violations(Good));

    [Theory]
    [InlineData("value.v0", "azure.bicep.v0", "appdb: type azure.bicep.v0 is none that every reader knows")]
    [InlineData("\"image\": \"docker.io/library/postgres:17.6\",", "", "db: image is missing")]
    [InlineData("\"path\": \"web.csproj\",", "\"path\": \"web.csproj\", \"replicas\": 2,", "web: replicas is not a field")]
    [InlineData("\"path\": \"web.csproj\"", "\"path\": \"..\\\\web.csproj\"", "web.path: ..\\web.csproj is not relative with forward slashes")]
    [InlineData("\"path\": \"web.csproj\"", "\"path\": \"gone.csproj\"", "web.path: there is no gone.csproj from where the manifest lies")]
    [InlineData("\"http2\"", "\"grpc\"", "web.bindings.grpc.transport: grpc is none of http, http2, tcp")]
    [InlineData(", \"targetPort\": 5432", "", "db.bindings.tcp: tcp without a target port")]
    [InlineData("5432", "70000", "db.bindings.tcp.targetPort: not a port")]
    [InlineData("\"generate\": { \"minLength\": 22 }", "\"value\": \"hunter2\"", "db-password.inputs.value.default.value: not a way to get a secret")]
    [InlineData("\"minLength\": 22", "\"length\": 22", "db-password.inputs.value.default.generate: minLength is missing")]
    [InlineData("{db.connectionString}", "{cache.connectionString}", "appdb.connectionString: {cache.connectionString} resolves to nothing")]
    [InlineData("{web.bindings.http.targetPort}", "{web.bindings.https.targetPort}", "web.env.HTTP_PORTS: {web.bindings.https.targetPort} resolves to nothing")]
    [InlineData("{{not an expression}}", "{not an expression", "web.env.NOTE: a brace without its pair in {not an expression")]
    [InlineData("\"POSTGRES_PASSWORD\": \"{db-password.value}\"", "\"POSTGRES_PASSWORD\": \"hunter2\"", "db.env.POSTGRES_PASSWORD: a secret in clear text")]
    [InlineData("Password={db-password.value}", "Password=hunter2", "db.connectionString: a secret in clear text (Password)")]
    [InlineData("\"external\": true", "\"external\": false", "external: 0 doors instead of one")]
    [InlineData("\"targetPort\": 8000", "\"targetPort\": 8000, \"external\": true", "external: 2 doors instead of one")]
    [InlineData("\"external\": true", "\"external\": true, \"port\": 8080", "external: on a port that the platform has no door for")]
    public void Violations_ManifestBrokenInOnePlace_SayIt(string good, string broken, string violation)
    {
        Assert.Contains(good, Good);
        Assert.Contains(violation, Violations(Good.Replace(good, broken, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Violations(string manifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "manifest-rules", Guid.NewGuid().ToString("N")));
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "web.csproj"), "<Project />");
            using var document = JsonDocument.Parse(manifest);
            return ManifestRules.Violations(document.RootElement, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

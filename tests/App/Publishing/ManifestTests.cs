using System.Text.Json;

namespace Agents.Tests.App.Publishing;

/// <summary>The manifest of the real app host, by the calls that deployment tools make.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly DirectoryInfo _folder =
        Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "manifests", Guid.NewGuid().ToString("N")));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_manifest_keeps_to_the_schema_and_to_what_its_reader_asks()
    {
        var file = Path.Combine(_folder.FullName, "out", "app.json");

        var run = await AppHostProcess.RunAsync(["--publisher", "manifest", "--output-path", file]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal([], ManifestRules.Violations(file));
    }

    [Fact]
    public async Task A_path_that_is_no_json_file_is_a_folder()
    {
        var run = await AppHostProcess.RunAsync(["--", "--publisher", "manifest", "--output-path", Path.Combine(_folder.FullName, "out")]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal([], ManifestRules.Violations(Path.Combine(_folder.FullName, "out", "aspire-manifest.json")));
    }

    [Fact]
    public async Task Every_service_its_database_and_only_the_gateways_door_are_in_it()
    {
        using var manifest = await PublishAsync();
        var resources = manifest.RootElement.GetProperty("resources");

        foreach (var service in (string[])["identity", "registry", "posts", "scheduler", "realtime"])
        {
            Assert.Equal("project.v0", resources.GetProperty(service).GetProperty("type").GetString());
            Assert.Equal($"{{{service}db.connectionString}}", Variable(resources, service, $"ConnectionStrings__{service}db"));
            // Realtime listens twice: without TLS gRPC wants a port of its own.
            var grpc = service is "realtime" ? ";{realtime.bindings.grpc.targetPort}" : "";
            Assert.Equal($"{{{service}.bindings.http.targetPort}}{grpc}", Variable(resources, service, "HTTP_PORTS"));
            Assert.Equal($"{{{service}.bindings.http.url}}", Variable(resources, "gateway", $"services__{service}__http__0"));
        }

        Assert.Equal("{realtime.bindings.grpc.targetPort}", Variable(resources, "realtime", "AGENTS_GRPC_PORT"));
        Assert.Equal("{realtime.bindings.grpc.url}", Variable(resources, "gateway", "services__realtime__grpc__0"));
        var door = resources.GetProperty("gateway").GetProperty("bindings");
        Assert.True(door.GetProperty("http").GetProperty("external").GetBoolean());
        Assert.Equal("http2", door.GetProperty("grpc").GetProperty("transport").GetString());
    }

    [Fact]
    public async Task No_secret_that_is_set_here_gets_into_it_and_nothing_is_started()
    {
        var data = Path.Combine(_folder.FullName, "data");
        using var manifest = await PublishAsync(
            ("AGENTS_DATA", data), ("AGENTS_MASTER_KEY", "hunter2hunter2hunter2hunter2hunter2"), ("AGENTS_ADMIN_PASSWORD", "hunter2hunter2"),
            ("ConnectionStrings__postgres", "Host=db.example;Username=me;Password=hunter2"),
            ("ConnectionStrings__redis", "cache.example:6379,password=hunter2"));

        Assert.DoesNotContain("hunter2", manifest.RootElement.GetRawText());
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task Another_publisher_and_a_missing_path_are_refused_in_one_sentence()
    {
        var another = await AppHostProcess.RunAsync(["--publisher", "paper", "--output-path", _folder.FullName]);
        var nowhere = await AppHostProcess.RunAsync(["--publisher", "manifest"]);

        foreach (var refusal in (AppHostProcess[])[another, nowhere])
        {
            Assert.NotEqual(0, refusal.ExitCode);
            Assert.Single(refusal.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        Assert.Contains("paper", another.Error);
        Assert.Contains("--output-path", nowhere.Error);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task The_deployment_file_names_a_project_that_says_it_is_an_app_host()
    {
        var named = File.ReadLines(Path.Combine(AppHostProcess.RepositoryRoot, "azure.yaml"))
            .Select(line => line.Trim().Split(": "))
            .Single(line => line[0] == "project")[1];

        var answer = await AppHostProcess.StartAsync(["msbuild", named, "--getProperty:IsAspireHost"]);

        Assert.Equal((0, "true"), (answer.ExitCode, answer.Output.Trim()));
    }

    private async Task<JsonDocument> PublishAsync(params (string Name, string Value)[] environment)
    {
        var file = Path.Combine(_folder.FullName, "app.json");
        var run = await AppHostProcess.RunAsync(["--publisher", "manifest", "--output-path", file], environment);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private static string? Variable(JsonElement resources, string resource, string name) =>
        resources.GetProperty(resource).GetProperty("env").GetProperty(name).GetString();
}

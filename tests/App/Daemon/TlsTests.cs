using System.Text.Json;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Daemon;

/// <summary>The daemon and an application whose gateway has a certificate: one of its own.</summary>
public sealed class TlsTests
{
    private const string TrustsIt = "server: {ca_file: ca.pem}";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "By https and wss a machine signs in, enrols and stays connected where its config names the CA; else a sentence says what to do")]
    public async Task Trust()
    {
        using var ca = new OwnCa();
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--tls-cert", ca.Certificate, "--tls-key", ca.Key, "--admin-password", AgentsApp.AdminPassword], TestContext.Current.CancellationToken);
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", limit.Token);
        var server = $"https://localhost:{app.GetEndpoint("gateway").Port}";
        await using var ccc = new Ccc();
        ccc.WriteConfig(TrustsIt, ("ca.pem", ca.Pem));
        await using var stranger = new Ccc();

        (await ccc.RunWithInputAsync(AgentsApp.AdminPassword, "login", server, "--email", "admin@localhost", "--password-stdin")).Is(0);
        var token = (await ccc.RunAsync("generate-token")).Is(0).Output.Trim();
        string[] connect = ["connect", "--token", token, "--server", $"wss://localhost:{app.GetEndpoint("gateway").Port}", "--device-id", "secured"];
        var refused = (await stranger.RunAsync(connect)).Is(4).Error;
        (await ccc.RunAsync(connect)).Is(0);
        var daemon = ccc.Start("daemon");
        await StatusAsync(ccc, daemon => daemon.GetProperty("state").GetString() == "connected", "it is connected");
        Assert.Matches($@"Connected to {server} for .+\n(.+\n)*The server sees it", (await ccc.RunAsync("status")).Is(0).Output);
        await daemon.TerminateAsync();
        (await daemon.EndedAsync(Limit)).Is(0);

        Assert.Matches($@"^ccc: {server} can't be reached: its TLS certificate is not trusted \(.+\)\. If it is of a CA of your own, config\.yaml names that as server\.ca_file\.\n$", refused);
        ccc.WriteConfig("");
        ccc.Start("daemon");
        await StatusAsync(
            ccc,
            daemon => daemon.GetProperty("state").GetString() == "connecting" && Problem(daemon).Contains("certificate is not trusted", StringComparison.Ordinal),
            "it goes on trying and says why");
    }

    [Fact(DisplayName = "A CA's file that is not there or holds none is told with its line before anything is asked")]
    public async Task WrongFile()
    {
        await using var ccc = new Ccc();

        ccc.WriteConfig(TrustsIt);
        Assert.Matches(@"config\.yaml line 1: server\.ca_file: Could not find file '.+ca\.pem'\.\n$", (await ccc.RunAsync("daemon")).Is(1).Error);
        ccc.WriteConfig(TrustsIt, ("ca.pem", "nothing of the kind"));
        Assert.Contains("has no certificate in it", (await ccc.RunAsync("daemon")).Is(1).Error, StringComparison.Ordinal);
        ccc.WriteConfig(TrustsIt, ("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
        Assert.Contains("that can't be read", (await ccc.RunAsync("daemon")).Is(1).Error, StringComparison.Ordinal);
    }

    private static Task StatusAsync(Ccc ccc, Func<JsonElement, bool> holds, string what)
        => Eventually.TrueAsync(
            async () => (await ccc.RunAsync("status", "--json")).Json.GetProperty("daemon") is { ValueKind: JsonValueKind.Object } daemon && holds(daemon),
            Limit, what);

    private static string Problem(JsonElement daemon)
        => daemon.TryGetProperty("problem", out var said) ? said.GetString() ?? "" : "";
}

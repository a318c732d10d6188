using Agents.Tests.StandIns.Refit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace Agents.Tests.StandIns.Hashing;

/// <summary>YARP at the one place where it hashes: an affinity cookie that names its destination by XXH64.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Affinity_ByHashCookie_StaysWithItsDestination()
    {
        await using var one = new Echo();
        await using var two = new Echo();
        await one.InitializeAsync();
        await two.InitializeAsync();
        await using var proxy = Proxy(one.Address, two.Address);
        await proxy.StartAsync(TestContext.Current.CancellationToken);

        var destinations = new HashSet<string>();
        for (var visitor = 0; visitor < 32; visitor++)
        {
            using var browser = new HttpClient { BaseAddress = new Uri(proxy.Urls.Single()) };
            var hosts = new HashSet<string>();
            for (var visit = 0; visit < 4; visit++)
            {
                hosts.Add(await HostSeenAsync(browser));
            }

            destinations.Add(Assert.Single(hosts));
        }

        Assert.Equal(2, destinations.Count);
    }

    private static async Task<string> HostSeenAsync(HttpClient browser)
    {
        var seen = await System.Net.Http.Json.HttpClientJsonExtensions.GetFromJsonAsync<Seen>(browser, "/x", TestContext.Current.CancellationToken);
        return seen!.Headers["Host"];
    }

    private static WebApplication Proxy(params Uri[] destinations)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // The proxy brings data protection along; its key ring belongs into the tests' own folder, not into somebody's home.
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "data", "keys")));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "echo", Match = new RouteMatch { Path = "{**path}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "echo",
                    LoadBalancingPolicy = "Random",
                    SessionAffinity = new SessionAffinityConfig { Enabled = true, Policy = "HashCookie", AffinityKeyName = "to" },
                    Destinations = destinations.ToDictionary(each => each.Port.ToString(), each => new DestinationConfig { Address = each.ToString() }),
                },
            ]);

        var app = builder.Build();
        app.MapReverseProxy();
        return app;
    }
}

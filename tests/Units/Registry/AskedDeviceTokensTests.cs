using System.Net;
using System.Net.Http.Json;
using Agents.Contracts;
using Agents.Contracts.Registry;
using Agents.ServiceDefaults.Devices;
using Refit;

namespace Agents.Tests.Units.Registry;

/// <summary>How a service that is not Registry judges devices' tokens.</summary>
public sealed class AskedDeviceTokensTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly AnsweringRegistry _registry = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_TheSameTokenAgain_AsksOnceInTwoSeconds(bool known)
    {
        _registry.Knows = known;
        var tokens = new AskedDeviceTokens(_registry.Client, _time);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(known, await tokens.FindAsync("dt_x", TestContext.Current.CancellationToken) is not null);
        }

        Assert.Equal(1, _registry.Asked);
        _time.Advance(TimeSpan.FromSeconds(2));
        _registry.Knows = !known;
        Assert.Equal(!known, await tokens.FindAsync("dt_x", TestContext.Current.CancellationToken) is not null);
    }

    [Fact]
    public async Task Find_RegistryIsDown_ThrowsAndKeepsNothing()
    {
        var tokens = new AskedDeviceTokens(_registry.Client, _time);
        _registry.Down = true;
        await Assert.ThrowsAsync<ApiException>(async () => await tokens.FindAsync("dt_x", TestContext.Current.CancellationToken));

        _registry.Down = false;

        Assert.NotNull(await tokens.FindAsync("dt_x", TestContext.Current.CancellationToken));
    }

    private sealed class AnsweringRegistry : HttpMessageHandler
    {
        public bool Knows { get; set; } = true;

        public bool Down { get; set; }

        public int Asked { get; private set; }

        public IRegistryInternal Client => RestService.For<IRegistryInternal>(
            new HttpClient(this) { BaseAddress = new("http://registry") }, new RefitSettings(new SystemTextJsonContentSerializer(WireJson.Options)));

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            var known = JsonContent.Create(new KnownDevice("d", null, 1, false, 1, [], []), options: WireJson.Options);
            return Task.FromResult(new HttpResponseMessage(Down ? HttpStatusCode.ServiceUnavailable : Knows ? HttpStatusCode.OK : HttpStatusCode.NotFound)
            {
                RequestMessage = request,
                Content = known,
            });
        }
    }
}

using System.Net;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Handlers;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Refit;

namespace Agents.Tests.Units.Realtime;

/// <summary>Only what may be sent again soon is answered with "not just now": whoever hears that sends it again.</summary>
public sealed class RegistryAnswersTests
{
    private static readonly DevicePeer Device = new("d", 1, [], TakesTasks: true);

    [Theory]
    [InlineData(HttpStatusCode.NotFound, ErrorCode.NotFound)]
    [InlineData(HttpStatusCode.BadRequest, ErrorCode.Invalid)]
    [InlineData(HttpStatusCode.TooManyRequests, ErrorCode.TooMany)]
    public async Task DeviceUpdate_RefusedForGood_IsSaidSo(HttpStatusCode answer, ErrorCode code) =>
        Assert.Equal(code, (await new DeviceUpdateHandler(Registry(answer)).HandleAsync(Connection(), new DeviceUpdate(), CancellationToken.None))?.Code);

    [Theory]
    [InlineData(HttpStatusCode.NotFound, ErrorCode.NotFound)]
    [InlineData(HttpStatusCode.BadRequest, ErrorCode.Invalid)]
    [InlineData(HttpStatusCode.Conflict, ErrorCode.Clash)]
    [InlineData(HttpStatusCode.TooManyRequests, ErrorCode.TooMany)]
    public async Task AgentRegister_RefusedForGood_IsSaidSo(HttpStatusCode answer, ErrorCode code)
    {
        var (registry, roster, time) = (Registry(answer), new Roster(), new ManualTimeProvider());
        // Nothing is registered, so nobody is told of it.
        var connections = new Connections();
        using var feed = new RegistryFeed(
            registry, roster, new PresenceBook(roster, Options.Create(new HubOptions()), time), connections, null!, new(roster, connections), null!, new(time), time,
            NullLogger<RegistryFeed>.Instance);
        await feed.StartAsync(CancellationToken.None);

        Assert.Equal(code, (await new AgentRegisterHandler(new(registry, feed)).HandleAsync(Connection(), new RegisterAgentRequest("a"), CancellationToken.None))?.Code);
        await feed.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task DeviceUpdate_RegistryIsDown_IsLeftToTheRouter() => await Assert.ThrowsAsync<ApiException>(
        () => new DeviceUpdateHandler(Registry(HttpStatusCode.ServiceUnavailable)).HandleAsync(Connection(), new DeviceUpdate(), CancellationToken.None).AsTask());

    private static Connection Connection() => new Wire().Connect(Device, new(), new ManualTimeProvider());

    private static IRegistryInternal Registry(HttpStatusCode answer) => RestService.For<IRegistryInternal>(
        new HttpClient(new Answering(answer)) { BaseAddress = new("http://registry") }, new RefitSettings(new SystemTextJsonContentSerializer(WireJson.Options)));

    private sealed class Answering(HttpStatusCode status) : HttpMessageHandler
    {
        private int _asked;

        /// <summary>Its feed answers once, and then has nothing new.</summary>
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get)
            {
                return new(status) { RequestMessage = request, Content = new StringContent("{}") };
            }

            if (Interlocked.Increment(ref _asked) > 1)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return new(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent("""{"first":1,"last":0,"items":[]}""") };
        }
    }
}

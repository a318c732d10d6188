using System.Net;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Contracts.Registry;
using Agents.Realtime.Handlers;
using Agents.Realtime.Hub;
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
    public async Task AgentRegister_RefusedForGood_IsSaidSo(HttpStatusCode answer, ErrorCode code) =>
        // Nothing is registered, so nobody is told of it.
        Assert.Equal(code, (await new AgentRegisterHandler(Registry(answer), null!).HandleAsync(Connection(), new RegisterAgentRequest("a"), CancellationToken.None))?.Code);

    [Fact]
    public async Task DeviceUpdate_RegistryIsDown_IsLeftToTheRouter() => await Assert.ThrowsAsync<ApiException>(
        () => new DeviceUpdateHandler(Registry(HttpStatusCode.ServiceUnavailable)).HandleAsync(Connection(), new DeviceUpdate(), CancellationToken.None).AsTask());

    private static Connection Connection() => new Wire().Connect(Device, new(), new ManualTimeProvider());

    private static IRegistryInternal Registry(HttpStatusCode answer) => RestService.For<IRegistryInternal>(
        new HttpClient(new Answering(answer)) { BaseAddress = new("http://registry") }, new RefitSettings(new SystemTextJsonContentSerializer(WireJson.Options)));

    private sealed class Answering(HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent("{}") });
    }
}

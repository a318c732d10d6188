using Microsoft.Extensions.DependencyInjection;
using Refit;

namespace Agents.Tests.StandIns.Refit;

public sealed class RegistrationTests(Echo echo) : IClassFixture<Echo>
{
    [Fact]
    public async Task AddRefitClient_Handlers_SeeItsRequests()
    {
        var services = new ServiceCollection();
        services.AddTransient<Stamp>();
        services.AddRefitClient<IAddresses>(provider => new RefitSettings { CollectionFormat = provider.GetRequiredService<Box>().Format })
            .ConfigureHttpClient(client => client.BaseAddress = echo.Address)
            .AddHttpMessageHandler<Stamp>();
        services.AddSingleton(new Box(CollectionFormat.Multi));
        await using var provider = services.BuildServiceProvider();

        var seen = await provider.GetRequiredService<IAddresses>().ListsAsync(["a", "b"], null, null);

        Assert.Equal("/q?plain=a&plain=b", seen.Target);
        Assert.Equal("here", seen.Headers["X-Stamp"]);
    }

    [Fact]
    public async Task AddRefitClient_HandlerOfTheSettings_IsTheInnermost()
    {
        var services = new ServiceCollection();
        services.AddRefitClient<IVerbs>(new RefitSettings { HttpMessageHandlerFactory = () => new Stamp { InnerHandler = new SocketsHttpHandler() } })
            .ConfigureHttpClient(client => client.BaseAddress = echo.Address);
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("here", (await provider.GetRequiredService<IVerbs>().GetAsync()).Headers["X-Stamp"]);
    }

    [Fact]
    public async Task For_Address_MakesItsOwnClient() =>
        Assert.Equal("/things", (await RestService.For<IVerbs>(echo.Address.ToString()).GetAsync()).Target);

    [Fact]
    public async Task For_InheritedCalls_KeepTheHeadersOfTheirOwnInterface()
    {
        var seen = await RestService.For<IInherited>(echo.Client()).ReadAsync("1");

        Assert.Equal("/inherited/1", seen.Target);
        Assert.Equal(("base", "base"), (seen.Headers["X-From"], seen.Headers["X-Level"]));
    }

    [Fact]
    public void For_InterfaceWithoutCalls_SaysWhatIsMissing() =>
        Assert.Contains(nameof(INobody), Assert.Throws<InvalidOperationException>(() => RestService.For<INobody>(echo.Client())).Message, StringComparison.Ordinal);

    private sealed record Box(CollectionFormat Format);

    private sealed class Stamp : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Stamp", "here");
            return base.SendAsync(request, cancellationToken);
        }
    }
}

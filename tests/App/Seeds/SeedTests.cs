using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Seeds;

/// <summary>Runs the clients of tests/Seeds, each written from its document's text alone.</summary>
[Collection(WholeApp.Name)]
public sealed class SeedTests(AgentsApp app) : IClassFixture<SeedClients>
{
    private string GrpcAddress => app.App.GetEndpoint("gateway", "grpc").Authority;

    [Fact(DisplayName = "Seed 000: a client written from its text enrols a device and lists it")]
    public async Task Seed000Devices() => Assert.Contains("enrol and are listed", await SeedClients.RunAsync(app, "000/devices.mjs"));

    [Fact(DisplayName = "Seed 000: posts are made, employees come of them in bulk, and work is given to a post")]
    public async Task Seed000Posts() => Assert.Contains("posts work", await SeedClients.RunAsync(app, "000/posts.mjs"));

    [Fact(DisplayName = "Seed 001: a client written from its text registers agents and discovers who is online")]
    public async Task Seed001Registry() => Assert.Contains("discovery work", await SeedClients.RunAsync(app, "001/registry.mjs"));

    [Fact(DisplayName = "Seed 001: agents on two devices find each other on /ws/network, and are given tasks")]
    public async Task Seed001Network() => Assert.Contains("its network works", await SeedClients.RunAsync(app, "001/network.mjs"));

    [Fact(DisplayName = "Seed 001: agents talk in a group; who was away gets what was said, in its order and once")]
    public async Task Seed001Talk() => Assert.Contains("its groups work", await SeedClients.RunAsync(app, "001/talk.mjs"));

    [Fact(DisplayName = "Seed 002: a client of its .proto files registers, beats and measures")]
    public async Task Seed002Agent() => Assert.Contains("registers, beats and measures", await SeedClients.RunAsync(app, "002/agent.mjs", GrpcAddress));

    [Fact(DisplayName = "Seed 002: gRPC's own codes, deadlines and limits are kept, as the genuine client sees them")]
    public async Task Seed002Edges() => Assert.Contains("the edges hold", await SeedClients.RunAsync(app, "002/edges.mjs", GrpcAddress));

    [Fact(DisplayName = "Seed 003: a client written from its text signs up, in, on and out")]
    public async Task Seed003Auth() => Assert.Contains("sign-in works", await SeedClients.RunAsync(app, "003/auth.mjs"));

    [Fact(DisplayName = "Seed 003: a client written from its text runs agents and pages over its socket")]
    public async Task Seed003Sockets() => Assert.Contains("agents and sockets work", await SeedClients.RunAsync(app, "003/ws.mjs"));

    [Fact(DisplayName = "Seed 003: a client written from its text uses its whole REST table")]
    public async Task Seed003Rest() => Assert.Contains("its REST table works", await SeedClients.RunAsync(app, "003/rest.mjs"));

    [Fact(DisplayName = "Seed 003: a client written from its text submits tasks and works on them")]
    public async Task Seed003Tasks() => Assert.Contains("its task flow works", await SeedClients.RunAsync(app, "003/tasks.mjs"));

    [Fact(DisplayName = "Seed 003: its queue has priorities, delays, capabilities, concurrency and balance")]
    public async Task Seed003Queue() => Assert.Contains("its queue works", await SeedClients.RunAsync(app, "003/queue.mjs"));

    [Fact(DisplayName = "Seed 003: what an agent leaves undone is given again")]
    public async Task Seed003Recovery() => Assert.Contains("unfinished tasks are given again", await SeedClients.RunAsync(app, "003/recovery.mjs"));

    [Fact(DisplayName = "Seed 000: employees are given tasks, alone and in groups, and have a history of sessions")]
    public async Task Seed000Tasks() => Assert.Contains("tasks, sessions and groups work", await SeedClients.RunAsync(app, "000/tasks.mjs"));

    [Fact(DisplayName = "Seed 000: a page watches one employee at work, and gives it some")]
    public async Task Seed000Watch() => Assert.Contains("watching an employee works", await SeedClients.RunAsync(app, "000/watch.mjs"));
}

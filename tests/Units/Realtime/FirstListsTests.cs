using Agents.Contracts.Realtime;
using Agents.Realtime.Backplane;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Microsoft.Extensions.Options;

namespace Agents.Tests.Units.Realtime;

public sealed class FirstListsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task List_ChangesMeanwhile_ComeAfterItsEnd()
    {
        var lists = new FirstLists(new PresenceBook(new(), Options.Create(new HubOptions()), _time), new Neighbours(_time), _time);
        var ears = new Ears();
        var page = ears.Connect(People.Person("p"), _time);
        var change = new PresenceChange(Wire.Agent("a"), "busy", 1, Appeared: false);

        Assert.False(lists.TryHoldBack(page, [change]));
        lists.Begin(page);
        Assert.True(lists.TryHoldBack(page, [change]));
        Assert.True(lists.TryHoldBack(page, [change with { Status = "idle", Running = 0 }]));
        await lists.ListAsync(page);

        Assert.Equal([typeof(AgentList), typeof(AgentStatusPayload)], ears.Heard.Select(message => message.GetType()));
        Assert.Equal("idle", Assert.IsType<AgentStatusPayload>(ears.Heard.Last()).Status);
        Assert.False(lists.TryHoldBack(page, [change]));
    }
}

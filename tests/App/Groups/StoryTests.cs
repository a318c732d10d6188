using Agents.Contracts.Realtime;
using Agents.Tests.App.Posts;
using Agents.Tests.App.Realtime;
using Agents.Tests.App.Registry;
using Agents.Tests.App.Whole;
using Agents.Tests.App.Work;

namespace Agents.Tests.App.Groups;

/// <summary>A day in a group, as those who are in it see it.</summary>
[Collection(WholeApp.Name)]
public sealed class StoryTests(AgentsApp app)
{
    [Fact(DisplayName = "Three agents on two dialects and a person in a browser talk: all hear all in one order, who was away hears what was missed, and a mention is work")]
    public async Task Story()
    {
        var admin = await app.AdminAsync();
        var signed = await SignedMachine.NewAsync(app, admin);
        var worker = await Worker.ConnectAsync(
            app, await Fleet.AgentAsync(admin, new { name = Fleet.NewId("counter"), token = Worker.Token, post_id = await admin.PostOfAsync(new { on_mention = "task" }) }));
        var (flatDevice, flat) = (await Fleet.EnrolAsync(app, admin), Fleet.NewId("laoxing"));
        var xing = await app.FlatAgentAsync(flatDevice, flat, new { name = "老邢", role = "Lead" });
        var group = await Chat.GroupAsync(admin, new { name = "开发组", members = new[] { signed.Agent, worker.AgentId, flat } });
        await using var machine = await app.DeviceSocketAsync(signed.Device);
        await using var person = await BrowserMember.EnterAsync(app, group);

        // All are called, each in the words of its dialect.
        var hello = await person.SayAsync(group, "@all 大家好");
        Assert.Equal(hello, (await machine.NextAsync(FrameType.Mention)).GetProperty("id").GetString());
        Assert.Equal(hello, (await worker.Socket.NextAsync(FrameType.Mention)).GetProperty("id").GetString());
        Assert.Equal("@all 大家好", (await xing.NextAsync("mention")).Content());

        // They answer, one of them signed.
        await signed.SayAsync(machine, group, "signed hello");
        await xing.SayAsync(new { type = "message", group_id = group, content = "你好" });
        await person.HeardAsync("你好");
        Assert.Contains((await person.HeardAsync("signed hello")), entry => entry.TryGetProperty("sig", out var sig) && sig.ValueKind is System.Text.Json.JsonValueKind.Object);

        // One goes, and hears later what it has missed.
        await xing.DisposeAsync();
        await person.SayAsync(group, "one more");
        await signed.SayAsync(machine, group, "and another");
        await using var back = await app.FlatAgentAsync(flatDevice, flat);
        await back.NextAsync("message", message => message.Content() == "one more");
        Assert.Equal("and another", (await back.NextAsync("message")).Content());

        // Who is asked by name works on it, and answers where it was asked.
        var asked = await person.SayAsync(group, $"@{worker.AgentId} how many lines?");
        await worker.DoAsync(result: new { text = "42 lines" });
        var heard = await person.HeardAsync("42 lines");
        Assert.Equal(asked, heard.Single(entry => entry.Content() == "42 lines").GetProperty("reply_to").GetString());

        // One order, without gaps, for the page as for the log.
        var log = await admin.EntriesAsync(group);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(entry => entry.Seq()));
        Assert.Equal(log.Select(entry => (entry.Seq(), entry.Content())), heard.Select(entry => (entry.Seq(), entry.Content())));
        await worker.DisposeAsync();
    }
}

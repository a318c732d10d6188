using Agents.Contracts.Realtime;

namespace Agents.Tests.App.Programs;

/// <summary>The example agent of the protocol's own library, driven by a real daemon as any ACP program is.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class AcpTests(DrivenPrograms programs)
{
    [Fact(DisplayName = "An ACP program that the post names does a task: what it says and its tools are seen, and a person allows what it asks for")]
    public async Task Done()
    {
        await using var agent = await StartAsync();
        await agent.OrderAsync("do it");
        var question = await agent.NextAsync(FrameType.TaskQuestion);
        await agent.Socket.SendAsync(FrameType.TaskAnswer, new TaskAnswer(question.GetProperty("question_id").GetString()!, Allow: true));
        var result = await agent.ResultAsync();

        Assert.Contains("applied", result.GetProperty("result").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(["started", "done", "started", "done"], agent.Said("tool").Select(tool => tool.GetProperty("status").GetString()));
        Assert.Equal(32, result.GetProperty("session_id").GetString()!.Length);
    }

    [Fact(DisplayName = "A conversation that an ACP program can't take up begins afresh; a cancel ends it")]
    public async Task Canceled()
    {
        await using var agent = await StartAsync();
        var task = await agent.OrderAsync("do it", "a conversation of yesterday");
        await agent.NextAsync(FrameType.TaskQuestion);
        await agent.Socket.SendAsync(FrameType.TaskCancel, new TaskCancel(task, 1, 10));
        var error = await agent.ErrorAsync();

        Assert.Equal("canceled", error.GetProperty("kind").GetString());
        Assert.NotEqual("a conversation of yesterday", error.GetProperty("session_id").GetString());
        Assert.Equal(0, agent.Processes);
    }

    private Task<DrivenAgent> StartAsync() => DrivenAgent.StartAsync(agent => new
    {
        runner = "acp",
        command = new[] { "node", DrivenPrograms.AcpAgent },
        environment = new Dictionary<string, string> { ["PATH"] = programs.SearchPath, ["HOME"] = agent.Home.FullName },
    });
}

using System.Text.Json;
using Agents.Contracts.Realtime;

namespace Agents.Tests.App.Programs;

/// <summary>What holds for every program that is driven: the same tests with each of the real ones.</summary>
public abstract class DrivenProgramTests(DrivenPrograms programs)
{
    protected DrivenPrograms Programs => programs;

    /// <summary>What its tool that runs commands is called in progress.</summary>
    protected abstract string Tool { get; }

    /// <param name="rule">Of the tool that runs commands.</param>
    private protected abstract object Post(DrivenAgent agent, string rule);

    [Fact(DisplayName = "A task is done with a tool that the post allows: text, tool and usage are seen, the role is known, and the conversation goes on in the next task")]
    public async Task Done()
    {
        await using var agent = await DrivenAgent.StartAsync(agent => Post(agent, "allow"));
        var made = Path.Combine(agent.Home.FullName, "made");

        await agent.OrderAsync($"TOOL:touch {made}");
        var result = await agent.ResultAsync();

        Assert.True(File.Exists(made));
        Assert.Equal("The tool has run.", result.GetProperty("result").GetProperty("text").GetString());
        Assert.Contains("The tool has run.", string.Concat(agent.Said("text").Select(text => text.GetString())), StringComparison.Ordinal);
        Assert.Equal([(Tool, "started"), (Tool, "done")], Tools(agent));
        Assert.True(result.GetProperty("usage").GetProperty("output_tokens").GetInt64() >= 40);
        Assert.NotEmpty(agent.Said("usage"));
        await agent.Model.IsAskedAsync("PIRATE");

        var session = result.GetProperty("session_id").GetString();
        await agent.OrderAsync("and now?", session);
        var second = await agent.ResultAsync();
        Assert.Equal((session, "You said: and now?"), (second.GetProperty("session_id").GetString(), second.GetProperty("result").GetProperty("text").GetString()));
        Assert.Contains(agent.Model.Asked, asked => asked.Contains("and now?", StringComparison.Ordinal) && asked.Contains($"touch {made}", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "What the post leaves to people is asked, again over a new connection, and done as they say; meanwhile they say more, and the program hears it before it ends")]
    public async Task Asked()
    {
        await using var agent = await DrivenAgent.StartAsync(agent => Post(agent, "ask"));
        var made = Path.Combine(agent.Home.FullName, "made");
        var task = await agent.OrderAsync($"TOOL:touch {made}");
        var question = await agent.NextAsync(FrameType.TaskQuestion);
        Assert.Equal((task, "permission", "deny"), (question.GetProperty("task_id").GetString(), question.GetProperty("kind").GetString(), question.GetProperty("default").GetString()));
        Assert.Contains($"touch {made}", question.GetProperty("title").GetString(), StringComparison.Ordinal);

        agent.Socket.Break();
        await agent.ConnectAsync();
        var again = await agent.NextAsync(FrameType.TaskQuestion);
        Assert.Equal(question.GetProperty("question_id").GetString(), again.GetProperty("question_id").GetString());
        await agent.Socket.SendAsync(FrameType.TaskMessage, new TaskMessage(task, 1, "and mind the gap", "u1"));
        await agent.Socket.SendAsync(FrameType.TaskAnswer, new TaskAnswer(question.GetProperty("question_id").GetString()!, Allow: true, By: "u1"));
        await agent.ResultAsync();

        Assert.True(File.Exists(made));
        await agent.Model.IsAskedAsync("and mind the gap");
    }

    [Fact(DisplayName = "A cancel is said to the program by its own protocol, nothing of it is left, and its conversation is told; one that is denied a tool goes on without it")]
    public async Task Canceled()
    {
        await using var agent = await DrivenAgent.StartAsync(agent => Post(agent, "deny"));
        var made = Path.Combine(agent.Home.FullName, "made");
        await agent.OrderAsync($"TOOL:touch {made}");
        await agent.ResultAsync();
        Assert.False(File.Exists(made));

        var task = await agent.OrderAsync("SLOW please");
        await agent.Model.IsAskedAsync("SLOW please");
        await agent.Socket.SendAsync(FrameType.TaskCancel, new TaskCancel(task, 1, 10));
        var error = await agent.ErrorAsync();

        Assert.Equal("canceled", error.GetProperty("kind").GetString());
        Assert.False(string.IsNullOrEmpty(error.GetProperty("session_id").GetString()));
        Assert.Equal(0, agent.Processes);
        Assert.Empty(Directory.GetFiles(Path.Combine(agent.StateFolder, "runs")));
    }

    [Fact(DisplayName = "It has the tools by which agents work together, and uses them without anybody being asked")]
    public async Task Colleagues()
    {
        await using var agent = await DrivenAgent.StartAsync(agent => Post(agent, "deny"));

        await agent.OrderAsync("COLLEAGUES:report_progress {\"text\":\"half way\",\"percent\":50}");
        var result = await agent.ResultAsync();

        Assert.Equal("The tool has run.", result.GetProperty("result").GetProperty("text").GetString());
        Assert.Contains(agent.Said("status"), status => status.GetRawText().Contains("half way", StringComparison.Ordinal));
        await agent.Model.IsAskedAsync("It is told.");
    }

    private static IEnumerable<(string?, string?)> Tools(DrivenAgent agent)
    {
        // Of the end some programs say only which tool it was.
        var names = agent.Said("tool").Where(tool => tool.TryGetProperty("name", out _)).DistinctBy(Id).ToDictionary(Id, tool => tool.GetProperty("name").GetString());
        return agent.Said("tool").Select(tool => (names[Id(tool)], tool.GetProperty("status").GetString()));

        static string Id(JsonElement tool) => tool.GetProperty("id").GetString()!;
    }
}

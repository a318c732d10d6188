using System.Text.Json.Nodes;
using Agents.Contracts.Posts;
using Agents.Daemon.Mcp;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Claude;

/// <summary>How claude is started: nothing of what is to be done stands in its command line, where all users of the machine could read it.</summary>
internal static class ClaudeLaunch
{
    /// <summary>It looks at its settings and its login first.</summary>
    private static readonly TimeSpan FirstWord = TimeSpan.FromMinutes(2);

    public static Launch Of(RunnerTask task)
    {
        List<string> command =
        [
            "claude", "-p", "--input-format", "stream-json", "--output-format", "stream-json", "--verbose", "--include-partial-messages",
            // It says when it has taken a line of ours up.
            "--replay-user-messages", "--permission-prompt-tool", "stdio",
        ];
        if (task.Setup.Provider?.Model is { } model)
        {
            command.AddRange(["--model", model]);
        }

        if (task.SessionId is { } session)
        {
            command.AddRange(["--resume", session]);
        }

        command.AddRange(Tools(new(task.Setup.Tools)));
        if (task.Mcp is { } mcp)
        {
            // What of them is allowed, and what is asked, is seen to where the calls arrive.
            command.AddRange(["--allowedTools", ToolRules.ColleaguesPrefix, "--mcp-config", ConfigOf(mcp).ToJsonString()]);
        }

        return new(command, new Dictionary<string, string> { ["DISABLE_AUTOUPDATER"] = "1" }, FirstWord);
    }

    /// <summary>Names of variables, and not what they hold.</summary>
    private static JsonObject ConfigOf(McpLaunch mcp) => new()
    {
        ["mcpServers"] = new JsonObject
        {
            [McpLaunch.Name] = new JsonObject
            {
                ["type"] = "stdio",
                ["command"] = mcp.Command[0],
                ["args"] = JsonMade.Texts(mcp.Command.Skip(1)),
                ["env"] = new JsonObject(mcp.Variables.Keys.Select(name => KeyValuePair.Create(name, (JsonNode?)$"${{{name}}}"))),
            },
        },
    };

    /// <summary>Of most tools claude asks by itself. What it would do without asking is told beforehand.</summary>
    private static IEnumerable<string> Tools(ToolRules rules)
    {
        var named = new JsonObject();
        foreach (var rule in new[] { ToolRule.Allow, ToolRule.Ask, ToolRule.Deny })
        {
            if (rules.With(rule).Where(tool => !ToolRules.IsColleagues(tool)).ToList() is { Count: > 0 } tools)
            {
                named[rule] = JsonMade.Texts(tools);
            }
        }

        if (named.Count > 0)
        {
            yield return "--settings";
            yield return new JsonObject { ["permissions"] = named }.ToJsonString();
        }

        if (rules.Others is ToolRule.Deny)
        {
            yield return "--tools";
            yield return string.Join(',', rules.With(ToolRule.Allow).Concat(rules.With(ToolRule.Ask)).Where(tool => !tool.StartsWith("mcp__", StringComparison.Ordinal)));
        }
    }
}

using System.Text.Json.Nodes;
using Agents.Contracts.Posts;
using Agents.Daemon.Mcp;
using Agents.Daemon.Runners.Acp;

namespace Agents.Daemon.Runners.OpenCode;

/// <summary>
/// opencode speaks ACP. What the post says of its model and its tools it is told by its configuration, in the environment; what the
/// device or the folder has configured besides still holds.
/// </summary>
internal static class OpenCodeLaunch
{
    private const string Config = "OPENCODE_CONFIG_CONTENT";

    public static AcpRunner Of(RunnerTask task) => new(
        task, "opencode",
        new(["opencode", "acp"], new Dictionary<string, string> { [Config] = ConfigOf(task).ToJsonString(), ["OPENCODE_DISABLE_AUTOUPDATE"] = "1" }, AcpLaunch.FirstWord));

    private static JsonObject ConfigOf(RunnerTask task)
    {
        var config = new JsonObject { ["share"] = "disabled", ["autoupdate"] = false };
        if (task.Setup.Provider?.FullModel(PostRunner.OpenCode) is { } model)
        {
            config["model"] = model;
        }

        var rules = new ToolRules(task.Setup.Tools);
        // By itself it asks before nearly nothing; unless the post says otherwise it asks before what changes or leaves the machine.
        var permissions = new JsonObject { ["bash"] = "ask", ["edit"] = "ask", ["webfetch"] = "ask", ["external_directory"] = "ask" };
        if (rules.Others is { } others)
        {
            permissions = new() { ["*"] = others };
        }

        foreach (var rule in new[] { ToolRule.Allow, ToolRule.Ask, ToolRule.Deny })
        {
            foreach (var tool in rules.With(rule).Where(tool => !ToolRules.IsColleagues(tool)))
            {
                permissions[tool] = rule;
            }
        }

        // What of these is allowed, and what is asked, is seen to where the calls arrive.
        permissions[$"{McpLaunch.Name}_*"] = ToolRule.Allow;
        config["permission"] = permissions;
        return config;
    }
}

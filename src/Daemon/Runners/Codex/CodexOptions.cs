using System.Text.Json.Nodes;
using Agents.Contracts.Posts;
using Agents.Daemon.Mcp;
using Agents.Daemon.Runners.Lines;

namespace Agents.Daemon.Runners.Codex;

/// <summary>What codex is told in its command line, which all users of the machine may read: nothing of the task.</summary>
internal static class CodexOptions
{
    /// <summary>As the post calls what codex runs; as codex calls it.</summary>
    public static readonly string[] Shell = ["shell", "bash", "exec_command"];

    public static readonly string[] Edit = ["edit", "apply_patch", "write"];

    public static IEnumerable<string> Of(RunnerTask task)
    {
        // Read-only commands it runs without asking, so one that may run none must not have the tool.
        if (new ToolRules(task.Setup.Tools).Of(Shell) is ToolRule.Deny)
        {
            yield return "-c";
            yield return "features.shell_tool=false";
        }

        foreach (var (key, value) in task.Mcp is { } mcp ? Colleagues(mcp) : [])
        {
            yield return "-c";
            yield return $"mcp_servers.{McpLaunch.Name}.{key}={value.ToJsonString()}";
        }
    }

    /// <summary>JSON is TOML here. The variables are passed on by their names.</summary>
    private static (string Key, JsonNode Value)[] Colleagues(McpLaunch mcp) =>
    [
        ("command", mcp.Command[0]),
        ("args", JsonMade.Texts(mcp.Command.Skip(1))),
        ("env_vars", JsonMade.Texts(mcp.Variables.Keys)),
        ("tool_timeout_sec", 1200),
        // What of them is allowed, and what is asked, is seen to where the calls arrive.
        ("default_tools_approval_mode", "approve"),
    ];
}

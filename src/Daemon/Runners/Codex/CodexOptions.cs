using Agents.Contracts.Posts;

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
    }
}

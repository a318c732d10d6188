namespace Agents.Daemon.Mcp.Tools;

/// <summary>All tools that there are.</summary>
internal static class RunTools
{
    public static IEnumerable<RunTool> Of(McpRun run) => [.. ColleagueTools.Of(run), .. GroupTools.Of(run), .. new PeopleTools(run).All, .. FileTools.Of(run)];
}

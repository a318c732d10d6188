using System.CommandLine;

namespace Agents.Daemon.Commands;

internal static class TaskArgument
{
    public static Argument<string> New() => new("task") { Description = "The task's id" };
}

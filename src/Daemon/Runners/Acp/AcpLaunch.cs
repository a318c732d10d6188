using Agents.Contracts.Scheduler;
using Agents.Daemon.Work;

namespace Agents.Daemon.Runners.Acp;

internal static class AcpLaunch
{
    /// <summary>To begin it may have to fetch what it is made of.</summary>
    public static readonly TimeSpan FirstWord = TimeSpan.FromMinutes(2);

    /// <exception cref="WorkFault">The post names no program.</exception>
    public static AcpRunner Of(RunnerTask task) => task.Setup.Command is { Count: > 0 } command
        ? new(task, Path.GetFileName(command[0]), new(command, FirstWord: FirstWord))
        : throw new WorkFault(TaskErrorKind.Failed, $"The post of {task.Order.AgentId} has the runner acp and no command.");
}

namespace Agents.Scheduler.Tasks;

/// <summary>Where a live task stands, as the table has it.</summary>
internal enum Stage : short
{
    Blocked,
    Scheduled,
    Queued,

    /// <summary>With a holder: assigned until it is started, then running.</summary>
    Held,

    /// <summary>Its group's tasks are to be done first.</summary>
    Gathered,
}

internal static class Stages
{
    public static string Status(this Stage stage, bool started) => stage switch
    {
        Stage.Blocked => TaskStatus.Blocked,
        Stage.Scheduled => TaskStatus.Scheduled,
        Stage.Queued => TaskStatus.Queued,
        _ => started ? TaskStatus.Running : TaskStatus.Assigned,
    };
}

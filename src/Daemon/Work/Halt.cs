using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Processes;

namespace Agents.Daemon.Work;

/// <summary>Why an attempt is stopped before its own end, and how long its program has for coming to one.</summary>
/// <param name="Kind">What the server is told, see <see cref="TaskErrorKind"/>.</param>
/// <param name="GoesOn">Another attempt goes on with the work.</param>
/// <param name="IsMove">Elsewhere, and what there is of it goes along.</param>
internal sealed record Halt(string Kind, string Message, TimeSpan Grace, bool? Retryable = null, bool GoesOn = false, bool IsMove = false)
{
    /// <summary>The daemon itself has five seconds.</summary>
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(2.5);

    public static Halt Canceled(TaskCancel cancel) => new(
        TaskErrorKind.Canceled,
        cancel.Reason switch
        {
            CancelReason.Moved => "It was stopped because it goes on elsewhere.",
            CancelReason.Budget => "It was stopped because its budget is spent.",
            _ => "It was canceled.",
        },
        TimeSpan.FromSeconds(Math.Clamp(cancel.GraceSeconds, 0, 3600)), GoesOn: cancel.Reason is CancelReason.Moved, IsMove: cancel.Reason is CancelReason.Moved);

    public static Halt Timeout(TimeSpan limit) => new(
        TaskErrorKind.Timeout, $"It took longer than its timeout of {limit.TotalSeconds:0} s, and was stopped.", KillLadder.UsualGrace);

    public static Halt Idle(TimeSpan limit) => new(
        TaskErrorKind.Timeout, $"The program said nothing for {limit.TotalSeconds:0} s (limits.idle of the post), and was stopped.", KillLadder.UsualGrace);

    public static Halt Mute(TimeSpan limit) => new(
        TaskErrorKind.Crashed, $"The program said nothing at all for {limit.TotalSeconds:0} s after its start, and was stopped.", KillLadder.UsualGrace);

    /// <summary>At once: who eats the machine's memory is not asked to go on doing so for a while. It would do so again, too.</summary>
    public static Halt Exceeded(string what) => new(TaskErrorKind.Failed, what, TimeSpan.Zero, Retryable: false);

    /// <summary>Another attempt of the same task is to run here.</summary>
    public static Halt Superseded { get; } = new(TaskErrorKind.Canceled, "A later attempt took its place.", KillLadder.UsualGrace, GoesOn: true);

    public static Halt DaemonStops { get; } = new(TaskErrorKind.DeviceLost, "The daemon of its device was stopped.", LastGrace, GoesOn: true);

    /// <summary>Said by the next daemon.</summary>
    public const string DaemonDied = "The daemon of its device died while it worked on this.";
}

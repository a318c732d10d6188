using Agents.Contracts.Realtime;
using Agents.Daemon.Work.Files;

namespace Agents.Daemon.Work;

/// <summary>What waits for its acknowledgement: a result or an error, one of them.</summary>
/// <param name="HasContent">The result is too long for a frame: its content lies beside it, and is an artifact before it is told.</param>
/// <param name="Files">What is to be stored before it is told; null where nothing is, or all is settled and told in it.</param>
/// <param name="Left">Files that were to be kept and are not.</param>
internal sealed record SpoolRecord(
    string TaskId, int Attempt, TaskResult? Result = null, TaskError? Error = null, bool HasContent = false, IReadOnlyList<SpoolFile>? Files = null, IReadOnlyList<LeftFile>? Left = null)
{
    public SpoolRecord With(KeptFiles? kept) => kept is null ? this : this with { Files = kept.Files, Left = kept.Left };
}

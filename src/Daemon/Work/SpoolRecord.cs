using Agents.Contracts.Realtime;

namespace Agents.Daemon.Work;

/// <summary>What waits for its acknowledgement: a result or an error, one of them.</summary>
/// <param name="HasContent">The result is too long for a frame: its content lies beside it, and is an artifact before it is told.</param>
internal sealed record SpoolRecord(string TaskId, int Attempt, TaskResult? Result = null, TaskError? Error = null, bool HasContent = false);

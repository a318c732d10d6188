using Agents.ServiceDefaults.Loops;

namespace Agents.Scheduler.Dispatch;

/// <summary>For the dispatcher: something was queued, a place is free, somebody has come.</summary>
internal sealed class DispatchBell(TimeProvider time) : Bell(time);

/// <summary>For who looks after times: a task is to be queued later.</summary>
internal sealed class DueBell(TimeProvider time) : Bell(time);

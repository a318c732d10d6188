using Agents.ServiceDefaults.Loops;

namespace Agents.Realtime.Groups.Works;

/// <summary>Somebody was mentioned who may work on it.</summary>
internal sealed class WorkBell(TimeProvider time) : Bell(time);

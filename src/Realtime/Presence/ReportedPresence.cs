using Agents.Contracts.Registry;

namespace Agents.Realtime.Presence;

/// <summary>What Registry is told of one.</summary>
/// <param name="IsNews">It is not what it was when it was told last; else it is said only that it is still there.</param>
/// <param name="Owner">Of a device.</param>
internal sealed record ReportedPresence(PresenceEntry Entry, bool IsNews, string? Owner);

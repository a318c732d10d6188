using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Engine;

internal static class StatusLine
{
    /// <summary>A change in one line, or null where nobody needs to know.</summary>
    public static string? Of(InstanceStatus status, bool starting) => status switch
    {
        { State: var s } when s == KnownResourceStates.FailedToStart => null,
        { Note: { } note } => $"{status.Id} {note}",
        { IsHealthy: true } => $"{status.Id} is healthy",
        { Text: "Unhealthy" } => $"{status.Id} is unhealthy",
        _ when starting => null,
        { State: var s } when s == KnownResourceStates.Starting => $"{status.Id} is starting",
        _ => null
    };

    public static IEnumerable<string> TableOf(IReadOnlyList<InstanceStatus> rows)
    {
        var width = rows.Max(r => r.Id.Length);
        return rows.Select(r => $"  {r.Id.PadRight(width)}  {r.Text.PadRight(10)}  {r.Address}".TrimEnd());
    }
}

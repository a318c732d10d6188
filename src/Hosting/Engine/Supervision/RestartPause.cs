namespace Agents.Hosting.Engine;

/// <summary>How long to wait before a program that died is started again.</summary>
internal static class RestartPause
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan ForgivenAfter = TimeSpan.FromMinutes(1);

    /// <param name="last">The pause before, null at the first death.</param>
    /// <param name="healthyFor">How long it had been healthy when it died.</param>
    public static TimeSpan Next(TimeSpan? last, TimeSpan healthyFor) =>
        last is not { } pause || healthyFor >= ForgivenAfter ? First
        : pause * 2 < Longest ? pause * 2
        : Longest;
}

namespace Agents.Identity.Sessions;

/// <summary>
/// Is a refresh token good? The one used last stays good until its successor is first used, so that a lost answer locks
/// nobody out and a client may keep its first token for ever. What was left behind is stolen goods. Pure.
/// </summary>
internal static class RefreshRules
{
    public enum Verdict
    {
        /// <summary>The current token again: another successor, nothing else changes.</summary>
        Again,

        /// <summary>The first use of a successor: it becomes the current one.</summary>
        Advance,

        /// <summary>Left behind long ago, or a rival of the successor in use.</summary>
        Stolen,
    }

    public static Verdict Judge(ReadOnlySpan<byte> current, ReadOnlySpan<byte> token, ReadOnlySpan<byte> predecessor) =>
        token.SequenceEqual(current) ? Verdict.Again
        : predecessor.SequenceEqual(current) ? Verdict.Advance
        : Verdict.Stolen;
}

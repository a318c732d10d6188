using Agents.ServiceDefaults.Auth;

namespace Agents.Tests.Units.Auth;

internal static class Tokens
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What Identity would sign at <see cref="Now"/>.</summary>
    public static AccessClaims Claims() => new(
        "agents", "agents", "u1", "s1", 3, "j1", ["user"], "Zoë 王", Now.ToUnixTimeSeconds(), Now.ToUnixTimeSeconds(), Now.AddHours(1).ToUnixTimeSeconds());
}

namespace Agents.Contracts.Identity;

/// <summary>The fixed parts of an access token: a JWT signed with ES256.</summary>
public static class AccessToken
{
    public const string Issuer = "agents";
    public const string Audience = "agents";
    public const string Algorithm = "ES256";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>How far two machines' clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
}

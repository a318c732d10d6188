namespace Agents.Contracts.Identity;

/// <summary>Identity sets them, the gateway reads them.</summary>
public static class SessionCookieNames
{
    public const string Access = "agents_access";
    public const string Refresh = "agents_refresh";

    /// <summary>Readable by the page, which sends it back in <see cref="CsrfHeader"/>.</summary>
    public const string Csrf = "agents_csrf";

    public const string CsrfHeader = "X-CSRF-Token";
}

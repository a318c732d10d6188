namespace Agents.ServiceDefaults.Auth;

internal static class WhoAmI
{
    /// <summary>Whom this very service takes a credential for: the first question when one is refused and nobody knows why.</summary>
    public static void MapWhoAmI(this WebApplication app) =>
        app.MapGet("/internal/whoami", (Caller caller) => caller).RequireAuthorization().ExcludeFromDescription();
}

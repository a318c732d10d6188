using System.Security.Claims;

namespace Agents.ServiceDefaults.Auth;

/// <summary>Who asks. Handlers take it as a parameter.</summary>
public sealed record Caller(string Id, string Name, string SessionId, IReadOnlyList<string> Roles, string RequestId, string Address)
{
    public static Caller Nobody { get; } = new("", "", "", [], "", "");

    public bool IsAdmin => Roles.Contains(Contracts.Roles.Admin);

    /// <summary>Runs the place: sees and changes what belongs to others.</summary>
    public bool IsOperator => IsAdmin || Roles.Contains(Contracts.Roles.Operator);

    /// <summary>A device by its token; <see cref="Id"/> is the device's.</summary>
    public bool IsDevice => Roles.Contains(Contracts.Roles.Agent);

    /// <summary>An agent by its own token; <see cref="Id"/> is the agent's, and may be that of a person or a device.</summary>
    public bool IsOwnAgent => Roles.Contains(Contracts.Roles.OwnAgent);

    public bool IsService => Roles.Contains(Contracts.Roles.Service);

    internal static Caller Of(HttpContext context)
    {
        var user = context.User;
        return new(
            user.FindFirstValue(TokenClaims.Subject) ?? "",
            user.FindFirstValue(TokenClaims.Name) ?? "",
            user.FindFirstValue(TokenClaims.Session) ?? "",
            [.. user.FindAll(TokenClaims.Role).Select(claim => claim.Value)],
            context.TraceIdentifier,
            ClientAddress(context));
    }

    /// <summary>The gateway says whose request it passes on; it alone can reach us.</summary>
    private static string ClientAddress(HttpContext context) =>
        context.Request.Headers["X-Forwarded-For"].ToString() is { Length: > 0 } forwarded
            ? forwarded.Split(',')[0].Trim()
            : context.Connection.RemoteIpAddress?.ToString() ?? "";
}

internal static class TokenClaims
{
    public const string Subject = "sub";
    public const string Name = "name";
    public const string Session = "sid";
    public const string Role = "roles";
}

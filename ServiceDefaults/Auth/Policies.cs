using Microsoft.AspNetCore.Authorization;

namespace Agents.ServiceDefaults.Auth;

/// <summary>Who may call a group of endpoints. Each names the least role; those above are in it.</summary>
public static class Policies
{
    /// <summary>Any person, viewers included.</summary>
    public const string SignedIn = nameof(SignedIn);

    /// <summary>People who may change things of their own.</summary>
    public const string User = nameof(User);

    public const string Operator = nameof(Operator);

    public const string Admin = nameof(Admin);

    /// <summary>One of our services, on /internal.</summary>
    public const string Service = nameof(Service);

    /// <summary>A device, by its token. Only where <c>AddDeviceCredentials</c> was asked for.</summary>
    public const string Device = nameof(Device);

    /// <summary>People who may change things of their own, and devices.</summary>
    public const string UserOrDevice = nameof(UserOrDevice);

    /// <summary>What seed 001 gives devices and everybody else may see.</summary>
    public const string SignedInOrDevice = nameof(SignedInOrDevice);

    internal static Action<AuthorizationPolicyBuilder> Is(params string[] roles) =>
        policy => policy.RequireAuthenticatedUser().RequireRole(roles);
}

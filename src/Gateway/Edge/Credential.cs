using Microsoft.Extensions.Primitives;

namespace Agents.Gateway.Edge;

internal enum CredentialKind
{
    None,

    /// <summary>Looks like an access token.</summary>
    Token,

    /// <summary>An API key.</summary>
    Key,

    /// <summary>One that only its service can judge: a device's or an agent's.</summary>
    Foreign,

    /// <summary>Claims to be one of our services, or to be several at once. Nobody outside is.</summary>
    Forged,
}

/// <summary>What the Authorization header holds. Pure.</summary>
internal readonly record struct Credential(CredentialKind Kind, string Secret)
{
    public const string Bearer = "Bearer ";
    private const string KeyPrefix = "ak_";

    public static Credential Of(StringValues authorization)
    {
        if (authorization.Count == 0)
        {
            return default;
        }

        if (authorization is not [{ } header])
        {
            return new(CredentialKind.Forged, "");
        }

        var value = header.AsSpan().Trim();
        if (!value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return new(value.StartsWith("Service", StringComparison.OrdinalIgnoreCase) ? CredentialKind.Forged : CredentialKind.Foreign, "");
        }

        var secret = value[Bearer.Length..].Trim();
        var kind = secret.StartsWith(KeyPrefix, StringComparison.Ordinal) ? CredentialKind.Key
            : secret.StartsWith("ey", StringComparison.Ordinal) && secret.Count('.') == 2 ? CredentialKind.Token
            : CredentialKind.Foreign;
        return new(kind, kind is CredentialKind.Foreign ? "" : secret.ToString());
    }
}

using Agents.Contracts;

namespace Agents.Identity.Keys;

/// <summary>Which roles a key may have. Pure.</summary>
internal static class KeyScope
{
    /// <summary>The roles of the key that its owner still covers; an admin covers all, an operator users, a user viewers.</summary>
    public static IReadOnlyList<string> Covered(IEnumerable<string> ofKey, IReadOnlyCollection<string> ofOwner) =>
        [.. ofKey.Where(role => ofOwner.Any(own => Rank(own) >= Rank(role)))];

    private static int Rank(string role) => role switch
    {
        Roles.Admin => 4,
        Roles.Operator => 3,
        Roles.User => 2,
        Roles.Viewer => 1,
        _ => 0,
    };
}

namespace Agents.Contracts.Identity;

/// <param name="Roles">At most the maker's own; left out: the same.</param>
public sealed record CreateKeyRequest(string Name, IReadOnlyList<string>? Roles = null, DateTimeOffset? ExpiresAt = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Text(Name, 1, 100);
        UserRules.Roles(problems, Roles);
    }
}

/// <param name="Key">Shown this once; only its hash is kept.</param>
public sealed record CreatedKey(string Id, string Name, string Key, IReadOnlyList<string> Roles, DateTimeOffset? ExpiresAt);

public sealed record KeyView(
    string Id, string Name, string Hint, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt);

using System.Text.RegularExpressions;

namespace Agents.Contracts.Identity;

public sealed record UserView(
    string Id, string Email, string Name, IReadOnlyList<string> Roles, bool Disabled,
    DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt);

public sealed record CreateUserRequest(string Email, string Password, string? Name = null, IReadOnlyList<string>? Roles = null) : IValidated
{
    public void Validate(Problems problems)
    {
        UserRules.Email(problems, Email);
        UserRules.Password(problems, Password);
        UserRules.Name(problems, Name);
        UserRules.Roles(problems, Roles);
    }
}

/// <summary>What is left out stays as it is.</summary>
public sealed record ChangeUserRequest(string? Name = null, IReadOnlyList<string>? Roles = null, bool? Disabled = null) : IValidated
{
    public void Validate(Problems problems)
    {
        UserRules.Name(problems, Name);
        UserRules.Roles(problems, Roles);
    }
}

/// <param name="Password">Left out: one is made and shown once.</param>
public sealed record ResetPasswordRequest(string? Password = null) : IValidated
{
    public void Validate(Problems problems)
    {
        if (Password is not null)
        {
            UserRules.Password(problems, Password);
        }
    }
}

/// <param name="Password">Only where it was made for the caller: shown this once.</param>
public sealed record ResetPasswordReply(bool Reset, string? Password);

/// <summary>What an account's fields have to look like.</summary>
internal static partial class UserRules
{
    public static void Email(Problems problems, string? email)
    {
        problems.Text(email, 3, 254);
        if (!string.IsNullOrEmpty(email) && !EmailShape().IsMatch(email))
        {
            problems.Add("email", "must look like name@host");
        }
    }

    public static void Password(Problems problems, string? password) => problems.Text(password, 8, 128);

    public static void Name(Problems problems, string? name)
    {
        problems.OptionalText(name, 1, 100);
        if (name is not null && (name.Contains('@') || name.Trim() != name || name.Length == 0))
        {
            problems.Add("name", "must not be empty, contain @, or begin or end with a space");
        }
    }

    public static void Roles(Problems problems, IReadOnlyList<string>? roles)
    {
        if (roles is null)
        {
            return;
        }

        if (roles.Count == 0 || roles.Any(role => !Contracts.Roles.OfPeople.Contains(role)))
        {
            problems.Add("roles", $"must be one or more of {string.Join(", ", Contracts.Roles.OfPeople)}");
        }
    }

    // One @, no spaces: whether a mailbox exists is for the mailbox to say.
    [GeneratedRegex(@"^[^\s@]+@[^\s@]+$")]
    private static partial Regex EmailShape();
}

namespace Agents.Contracts.Identity;

/// <param name="Email">An email address, or the name of the account.</param>
/// <param name="Cookie">A page asks for HttpOnly cookies instead of tokens in the body.</param>
public sealed record LoginRequest(string Email, string Password, bool Cookie = false) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Text(Email, 1, 254);
        // Any length up to the bound: what is too short is simply a wrong password.
        problems.Text(Password, 1, 1024);
    }
}

public sealed record RegisterRequest(string Email, string Password, string? Name = null) : IValidated
{
    public void Validate(Problems problems)
    {
        UserRules.Email(problems, Email);
        UserRules.Password(problems, Password);
        UserRules.Name(problems, Name);
    }
}

/// <param name="RefreshToken">Left out where the cookie carries it.</param>
public sealed record RefreshRequest(string? RefreshToken = null) : IValidated
{
    public void Validate(Problems problems) => problems.OptionalText(RefreshToken, 1, 512);
}

/// <summary>Tokens are null where the answer sets cookies instead.</summary>
public sealed record TokenReply(string? AccessToken, int ExpiresIn, string? RefreshToken);

public sealed record RegisterReply(string UserId);

public sealed record MeReply(string Id, string Email, string Name, IReadOnlyList<string> Roles);

/// <summary>Where somebody is signed in.</summary>
/// <param name="Client">What the browser or program calls itself.</param>
/// <param name="LastUsedAt">When its tokens were made last; one in use has new ones made every hour.</param>
/// <param name="Current">The one that asks.</param>
public sealed record UserSession(string Id, string Client, string Address, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool Current);

/// <summary>A one-use ticket with which a page opens a socket, good for <see cref="ExpiresIn"/> seconds.</summary>
public sealed record SocketTicket(string Ticket, int ExpiresIn);

/// <param name="Password">The one that holds until now.</param>
public sealed record ChangePasswordRequest(string Password, string NewPassword, bool Cookie = false) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Text(Password, 1, 1024);
        problems.Text(NewPassword, 8, 128);
    }
}

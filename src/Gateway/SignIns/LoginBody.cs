using System.Text.Json;
using Agents.Contracts.Identity;

namespace Agents.Gateway.SignIns;

/// <summary>Whose account a sign-in is for, from its body. Pure.</summary>
internal static class LoginBody
{
    /// <summary>Longer than any request with fields of the permitted lengths, every character escaped.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>Identity takes no longer ones, so they need not be told apart, or kept.</summary>
    private const int MaxLength = 254;

    /// <summary>What stands for bodies that name no account that we can read: they share one count, so that none goes uncounted.</summary>
    public const string Unreadable = "";

    private static readonly string Field = JsonNamingPolicy.SnakeCaseLower.ConvertName(nameof(LoginRequest.Email));

    /// <summary>The account's email or name as Identity compares it. Said twice, the last counts, as it does there.</summary>
    public static string AccountOf(ReadOnlySpan<byte> body)
    {
        var account = Unreadable;
        try
        {
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
            {
                return Unreadable;
            }

            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                var isAccount = Field.Equals(json.GetString(), StringComparison.OrdinalIgnoreCase);
                json.Read();
                if (isAccount && json.TokenType is JsonTokenType.String)
                {
                    account = json.GetString()!.Trim().ToLowerInvariant();
                }

                json.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Unreadable;
        }

        return account.Length <= MaxLength ? account : Unreadable;
    }
}

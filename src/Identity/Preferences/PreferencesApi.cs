using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Agents.Identity.Preferences;

internal static class PreferencesApi
{
    private const int MaxName = 64;

    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        var preferences = routes.MapGroup("/auth/preferences").WithTags("Auth").RequireAuthorization(Policies.SignedIn);

        preferences.MapGet("/", ListAsync);
        preferences.MapPut("/{name}", KeepAsync);
        preferences.MapDelete("/{name}", DeleteAsync);
    }

    private static async Task<Ok<ListOf<PreferenceView>>> ListAsync(IdentityDb db, Caller caller, CancellationToken cancellationToken)
    {
        var kept = await db.Preferences.AsNoTracking().Where(p => p.UserId == caller.Id).OrderBy(p => p.Name).ToListAsync(cancellationToken);
        return TypedResults.Ok(ListOf<PreferenceView>.Of([.. kept.Select(p => p.ToView())]));
    }

    /// <summary>The last one who says so is right.</summary>
    private static async Task<Results<Ok<PreferenceView>, Invalid, WrongState>> KeepAsync(
        string name, KeepPreferenceRequest request, IdentityDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        if (name.Length > MaxName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
        {
            return new Invalid("name", $"must be at most {MaxName} letters, digits, dots, dashes and underscores");
        }

        var kept = new Preference { UserId = caller.Id, Name = name, Value = request.Value.GetRawText(), UpdatedAt = time.GetUtcNow() };
        var written = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO preferences (user_id, name, value, updated_at)
            SELECT {kept.UserId}, {kept.Name}, {kept.Value}, {kept.UpdatedAt}
            WHERE (SELECT count(*) FROM preferences WHERE user_id = {kept.UserId} AND name <> {kept.Name}) < {Preference.MaxPerUser}
            ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
            """,
            cancellationToken);
        return written > 0 ? TypedResults.Ok(kept.ToView()) : new WrongState($"An account has at most {Preference.MaxPerUser} preferences: delete one first.");
    }

    private static async Task<Results<Ok<Deleted>, Missing>> DeleteAsync(string name, IdentityDb db, Caller caller, CancellationToken cancellationToken) =>
        await db.Preferences.Where(p => p.UserId == caller.Id && p.Name == name).ExecuteDeleteAsync(cancellationToken) > 0
            ? TypedResults.Ok(new Deleted())
            : new Missing();
}

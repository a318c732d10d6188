using Microsoft.EntityFrameworkCore;

namespace Agents.Registry;

/// <summary>
/// Numbers the tokens of devices and agents, by one sequence for all: who is deleted and comes back under the same id has a
/// higher one than before, so what ended the old token can't end the new one.
/// </summary>
internal static class TokenVersions
{
    public const string Sequence = "token_version_seq";

    public static Task<int> NextTokenVersionAsync(this RegistryDb db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<int>($"SELECT nextval('token_version_seq')::int AS \"Value\"").SingleAsync(cancellationToken);
}

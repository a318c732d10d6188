using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Agents.ServiceDefaults.Data;

public static class UniqueViolation
{
    /// <summary>Somebody else has written the same before.</summary>
    /// <param name="index">Where only that one is meant.</param>
    public static bool IsUniqueViolation(this DbUpdateException failure, string? index = null) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation && (index is null || violation.ConstraintName == index);
}

using System.Text.Json;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Idempotency;
using Microsoft.EntityFrameworkCore;

namespace Agents.ServiceDefaults.Data;

/// <summary>
/// The database of one service: its own tables, and the two that every service has, so that an audit entry and an
/// idempotent answer are written in the transaction of what they tell of.
/// </summary>
public abstract class ServiceDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<AuditEntry> AuditOutbox => Set<AuditEntry>();

    internal DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        AuditEntry.Describe(model.Entity<AuditEntry>());
        IdempotentAnswer.Describe(model.Entity<IdempotentAnswer>());
        Describe(model);
        UseSnakeCase(model);
    }

    protected abstract void Describe(ModelBuilder model);

    /// <summary>Names as one would write them in SQL by hand; the hot paths do.</summary>
    private static void UseSnakeCase(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            entity.SetTableName(Snake(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Snake(property.Name));
            }

            foreach (var part in entity.GetComplexProperties())
            {
                foreach (var property in part.ComplexType.GetProperties())
                {
                    property.SetColumnName($"{Snake(part.Name)}_{Snake(property.Name)}");
                }
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName(Snake(key.GetName()!));
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(Snake(index.GetDatabaseName()!));
            }

            foreach (var foreign in entity.GetForeignKeys())
            {
                foreign.SetConstraintName(Snake(foreign.GetConstraintName()!));
            }
        }
    }

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace("__", "_", StringComparison.Ordinal);
}

using Agents.ServiceDefaults.Data;
using Microsoft.EntityFrameworkCore;

namespace Agents.Registry;

internal sealed class RegistryDb(DbContextOptions<RegistryDb> options) : ServiceDb(options)
{
    protected override void Describe(ModelBuilder model)
    {
    }
}

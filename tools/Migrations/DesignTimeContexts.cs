using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Agents.Migrations;

internal static class DesignTimeContexts
{
    private static readonly MethodInfo AddOne =
        typeof(DesignTimeContexts).GetMethod(nameof(Add), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>By reflection, because contexts are internal to their service and stay so.</summary>
    internal static void AddContextsOf(this IServiceCollection services, string assembly)
    {
        services.AddSingleton(TimeProvider.System);
        foreach (var context in Assembly.Load(assembly).GetTypes().Where(type => type.IsSubclassOf(typeof(DbContext)) && !type.IsAbstract))
        {
            AddOne.MakeGenericMethod(context).Invoke(null, [services]);
        }
    }

    // What shapes the model belongs into the context itself: here it has no connection string and no settings.
    // AddDbContext would also announce each context by name, and then every command would have to choose among all of them.
    private static void Add<TContext>(IServiceCollection services)
        where TContext : DbContext
        => services.AddSingleton(new DbContextOptionsBuilder<TContext>().UseNpgsql().Options);
}

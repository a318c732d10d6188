namespace Agents.Scheduler.Upkeep;

internal static class UpkeepParts
{
    public static void AddUpkeep(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<Retention>();
        builder.Services.AddHostedService<Sweep>();
    }
}

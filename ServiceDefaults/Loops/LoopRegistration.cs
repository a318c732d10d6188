namespace Agents.ServiceDefaults.Loops;

public static class LoopRegistration
{
    /// <summary>One that runs by itself, and that others ask something of as well.</summary>
    public static void AddLoop<TLoop>(this IServiceCollection services)
        where TLoop : class, IHostedService
    {
        services.AddSingleton<TLoop>();
        services.AddHostedService(provider => provider.GetRequiredService<TLoop>());
    }
}

using Agents.Scheduler.Search;
using Agents.ServiceDefaults.Loops;

namespace Agents.Scheduler.Tasks;

internal static class TaskParts
{
    public static void AddTasks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHostedService<TaskPartitions>();
        services.AddSingleton<Cancellation>();
        services.AddSingleton<Retrying>();
        services.AddSingleton<SubmitWriter>();
        services.AddSingleton<AfterSubmit>();
        services.AddSingleton<Submission>();
        services.AddLoop<SubmitBatcher>();
        services.AddSingleton<Candidates>();
        services.AddSingleton<TaskMatches>();
        services.AddSingleton<TaskSearch>();
        services.AddHostedService<TextIndexing>();
    }
}

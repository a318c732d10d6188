using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Agents.Scheduler.Attempts;

internal static class WordsApi
{
    public static void AddAttempts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Words>();
        services.AddSingleton<LeaseWords>();
        services.AddSingleton<Failures>();
        services.AddSingleton<Requeue>();
        services.AddSingleton<Aftermath>();
        services.AddSingleton<Recall>();
        services.AddSingleton<EndedToSee>();
        services.AddHostedService<Releases>();
        services.AddHostedService<Reaper>();
        services.AddHostedService<DueTasks>();
    }

    public static void MapInternalWords(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/work/words", TakeAsync).RequireAuthorization(Policies.Service);

    private static async Task<Results<Ok<WordAnswers>, Invalid>> TakeAsync(WordReport report, Words words, CancellationToken cancellationToken)
    {
        if (report.Instance is not { Length: > 0 and <= Ids.MaxLength })
        {
            return new Invalid("instance", $"must have 1 to {Ids.MaxLength} characters");
        }

        if (report.Words is not { Count: <= WordReport.MaxWords } || report.Words.Any(word => !IsSound(word)))
        {
            return new Invalid("words", $"must be at most {WordReport.MaxWords}, each with its holder, its connection and its task's id");
        }

        return TypedResults.Ok(await words.TakeAsync(report, cancellationToken));
    }

    private static bool IsSound(HolderWord? word) =>
        word is { Holder.Length: > 0, Connection: not null }
        && (word.Kind is WordKind.Here or WordKind.Gone or WordKind.Lease || Guid.TryParse(word.TaskId, out _))
        && (word.Kind is not WordKind.Question || word.Question is { QuestionId.Length: > 0, Options: not null })
        && (word.Running?.All(running => running is not null && Guid.TryParse(running.TaskId, out _)) ?? true);
}

using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Agents.Scheduler.Questions;

/// <summary>What programs ask people, and what people answer.</summary>
internal static class QuestionsApi
{
    public static void AddQuestions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<QuestionWords>();
        builder.Services.AddSingleton<Answering>();
        builder.Services.AddSingleton<Telling>();
        builder.Services.AddHostedService<Expiries>();
    }

    public static void MapQuestions(this IEndpointRouteBuilder routes)
    {
        var questions = routes.MapGroup("").WithTags("Questions");

        questions.MapGet("/questions", ListAsync).RequireAuthorization(Policies.SignedIn);
        questions.MapGet("/tasks/{id}/questions", OfTaskAsync).RequireAuthorization(Policies.SignedInOrDevice);
        questions.MapPost("/tasks/{id}/answer", AnswerAsync).RequireAuthorization(Policies.User);
        routes.MapTelling();
    }

    private static async Task<Results<Ok<ListOf<QuestionView>>, Invalid>> ListAsync(
        NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken, bool open = true, int page = 1,
        [FromQuery(Name = "page_size")] int pageSize = Paging.DefaultSize)
    {
        var paging = new Paging(page, pageSize);
        return paging.Skip > ListOf<QuestionView>.Cap
            ? new Invalid("page", $"reaches no further than {ListOf<QuestionView>.Cap} questions")
            : TypedResults.Ok(await postgres.QuestionsAsync(open, Submitter.Of(caller), paging, cancellationToken));
    }

    private static async Task<Results<Ok<ListOf<QuestionView>>, Missing>> OfTaskAsync(
        string id, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var task) && await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is not null
            ? TypedResults.Ok(ListOf<QuestionView>.Of(await postgres.QuestionsAsync(task, null, cancellationToken)))
            : new Missing();

    private static async Task<Results<Ok<AnsweredTask>, Invalid, Missing, WrongState>> AnswerAsync(
        string id, AnswerTaskRequest request, Answering answering, NpgsqlDataSource postgres, Caller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(id, out var task) || await postgres.FindAsync(task, Submitter.Of(caller), cancellationToken) is null)
        {
            return new Missing();
        }

        if (await FindAsync() is not { } question)
        {
            return new Missing("This task has asked no such question.");
        }

        if (!question.IsOpen)
        {
            return WhyClosed(question);
        }

        if (GivenAnswers.Fitting(request, question.Kind, question.Options, out var wrong) is not { } answer)
        {
            return new Invalid(wrong.Field, wrong.Why);
        }

        return await answering.AnswerAsync(question, answer, caller, cancellationToken)
            ? TypedResults.Ok(new AnsweredTask(question.QuestionId, answer))
            : WhyClosed(await FindAsync() ?? question);

        // Of several attempts that asked under one id the last one's is meant.
        async Task<QuestionView?> FindAsync() =>
            (await postgres.QuestionsAsync(task, request.QuestionId, cancellationToken)).MaxBy(asked => asked.Attempt);
    }

    private static WrongState WhyClosed(QuestionView question) => new(question.By switch
    {
        ClosedBy.Expired => $"Its time is over, and nobody had answered: {question.Default ?? "it goes on without an answer"}.",
        ClosedBy.Over or null => "The attempt that asked is over.",
        var by => $"{question.Name ?? by} has answered it already: {question.Answer?.Chosen()}.",
    });
}

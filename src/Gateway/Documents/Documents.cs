using Agents.Gateway.Paths;

namespace Agents.Gateway.Documents;

internal static class Documents
{
    public static void AddDocuments(this WebApplicationBuilder builder) => builder.Services.AddSingleton<JoinedDocument>();

    private const string Path = $"/openapi/{JoinedDocument.Name}.json";

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, static async (JoinedDocument document, CancellationToken cancellationToken) =>
            TypedResults.Bytes(await document.GetAsync(cancellationToken), "application/json"))
            .AllowAnonymous()
            .ExcludeFromDescription();
        routes.MapOtherMethods(Path, "GET");
    }
}

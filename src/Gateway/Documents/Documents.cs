namespace Agents.Gateway.Documents;

internal static class Documents
{
    public static void AddDocuments(this WebApplicationBuilder builder) => builder.Services.AddSingleton<JoinedDocument>();

    public static void MapDocuments(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/openapi/{JoinedDocument.Name}.json", static async (JoinedDocument document, CancellationToken cancellationToken) =>
            TypedResults.Bytes(await document.GetAsync(cancellationToken), "application/json"))
            .AllowAnonymous()
            .ExcludeFromDescription();
}

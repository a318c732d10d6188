using System.Net.Mime;
using Microsoft.OpenApi;

namespace Agents.ServiceDefaults.Files;

/// <summary>Files that come and go as they are, not as JSON.</summary>
public static class FileAnswers
{
    /// <summary>Whatever it is, a browser saves it and runs nothing of it.</summary>
    public static void ForbidToRun(this HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        response.Headers.CacheControl = "private, no-cache";
    }

    public static RouteHandlerBuilder DescribeUpload(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Binary() };
        return Task.CompletedTask;
    });

    public static RouteHandlerBuilder DescribeDownload(this RouteHandlerBuilder endpoint) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Responses ??= [];
        operation.Responses["200"] = new OpenApiResponse { Description = "The file", Content = Binary() };
        return Task.CompletedTask;
    });

    private static Dictionary<string, OpenApiMediaType> Binary() =>
        new() { [MediaTypeNames.Application.Octet] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } };
}

using System.Text.Json.Nodes;
using Agents.Contracts;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Agents.ServiceDefaults;

/// <summary>Each service publishes its part at /openapi/v1.json; the gateway serves them joined.</summary>
internal static class OpenApiDocument
{
    public static void AddOpenApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) is true;
        options.CreateSchemaReferenceId = static type => type.Type is { IsGenericType: true } list && list.GetGenericTypeDefinition() == typeof(ListOf<>)
            ? $"{list.GetGenericArguments()[0].Name}List"
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Agents", Version = "v1" };
            document.Servers = [];
            document.AddComponent("Bearer", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An access token from `POST /api/v1/auth/login`, or an API key (`ak_...`).",
            });
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(EnvelopeAsync);
        options.AddSchemaTransformer(ShowEnumsAsWritten);
        options.AddSchemaTransformer(ShowTimesAsWritten);
    });

    public static void MapOpenApiDocument(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    /// <summary>What the filter does to the answer, said in the document.</summary>
    private static Task EnvelopeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<EnvelopedMetadata>().Any())
        {
            return Task.CompletedTask;
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse answer)
            {
                continue;
            }

            var data = answer.Content?.Values.FirstOrDefault()?.Schema;
            var good = status.StartsWith('2');
            answer.Description = good ? "Done" : ErrorCodes.FromHttpStatus(int.Parse(status)).DefaultMessage();
            answer.Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = EnvelopeOf(good ? data : null) },
            };
        }

        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference("Bearer", context.Document)] = [] }];
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema EnvelopeOf(IOpenApiSchema? data) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "code", "message", "data", "request_id" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["message"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["data"] = data ?? new OpenApiSchema(),
            ["request_id"] = new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };

    private static Task ShowEnumsAsWritten(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name))];
        }

        return Task.CompletedTask;
    }

    /// <summary>Times have a converter of ours, behind which the document sees no type.</summary>
    private static Task ShowTimesAsWritten(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTimeOffset))
        {
            schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }
}

using Agents.Contracts.Posts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Agents.Posts;

/// <summary>What may be written in two ways, said so in the API document; from their converters it could not be told.</summary>
internal static class PartSchemas
{
    public static void DescribeParts(this WebApplicationBuilder builder) => builder.Services.Configure<OpenApiOptions>("v1", options =>
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(PostTemplate) && schema.Properties is { } fields)
            {
                var tools = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text() };
                (fields["skills"] as OpenApiSchema)?.Items = Either(Object("name", ("name", Text()), ("text", Text()), ("tools", tools)));
                (fields["environment"] as OpenApiSchema)?.AdditionalProperties = Either(Object("secret", ("secret", Text())));
            }

            return Task.CompletedTask;
        }));

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiSchema Either(OpenApiSchema other) => new() { OneOf = [Text(), other] };

    private static OpenApiSchema Object(string required, params (string Name, OpenApiSchema Schema)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { required },
        Properties = fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => field.Schema),
    };
}

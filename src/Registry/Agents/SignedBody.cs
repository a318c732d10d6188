using System.Reflection;
using System.Text.Json;
using Agents.Contracts;
using Microsoft.AspNetCore.Http.Metadata;

namespace Agents.Registry.Agents;

/// <summary>A request's body together with its bytes as they were sent, because those are what was signed.</summary>
internal sealed record SignedBody<T>(T Value, MessageSignature Signature) : IValidated, IEndpointParameterMetadataProvider
    where T : class, IValidated
{
    private const int MaxBytes = 64 * 1024;

    public void Validate(Problems problems) => Value.Validate(problems);

    public static async ValueTask<SignedBody<T>> BindAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body must be application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        var bytes = await ReadAsync(context.Request.Body, context.RequestAborted);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, WireJson.Options) is { } value
                ? new(value, MessageSignature.Of(context.Request, bytes))
                : throw new BadHttpRequestException("The body is missing.");
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body is not valid JSON.", e);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= MaxBytes ? bytes.AsMemory(0, length) : throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
    }
}

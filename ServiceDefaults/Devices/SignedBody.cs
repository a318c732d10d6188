using System.Buffers;
using System.Reflection;
using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Realtime;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Agents.ServiceDefaults.Devices;

/// <summary>A request's body together with its bytes as they were sent, because those are what was signed.</summary>
public sealed class SignedBody<T> : IValidated, IEndpointParameterMetadataProvider
    where T : class, IValidated
{
    private readonly HttpRequest _request;
    private readonly byte[] _bytes;

    private SignedBody(T value, HttpRequest request, byte[] bytes) => (Value, _request, _bytes) = (value, request, bytes);

    public T Value { get; }

    /// <param name="type">See <see cref="FrameType"/>: what is signed as one thing is good for no other.</param>
    public MessageSignature SignatureOf(string type) => MessageSignature.Of(_request, type, _bytes);

    public void Validate(Problems problems) => Value.Validate(problems);

    public static async ValueTask<SignedBody<T>> BindAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body must be application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        var bytes = await ReadAsync(context.Request, context.RequestAborted);
        var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, json) is { } value
                ? new(value, context.Request, bytes)
                : throw new BadHttpRequestException("The body is missing.");
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body is not valid JSON.", e);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    /// <summary>As long as a frame may be.</summary>
    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var read = await request.BodyReader.ReadAtLeastAsync(Frame.MaxBytes + 1, cancellationToken);
        var bytes = read.Buffer.Length <= Frame.MaxBytes ? read.Buffer.ToArray() : null;
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return bytes ?? throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
    }
}

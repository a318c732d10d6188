using System.Net.Mime;
using System.Reflection;
using System.Text;
using Agents.Contracts;
using Agents.Contracts.Posts;
using Microsoft.AspNetCore.Http.Metadata;

namespace Agents.Posts.Files;

/// <summary>A post in a request's body, as YAML or as JSON.</summary>
internal sealed record ImportedPost(CreatePostRequest? Post, FieldErrors? Wrong) : IValidated, IEndpointParameterMetadataProvider
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly string[] Yaml = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"];

    public void Validate(Problems problems)
    {
        foreach (var (field, wrong) in Wrong?.Errors ?? new Dictionary<string, string[]>())
        {
            foreach (var problem in wrong)
            {
                problems.Add(field, problem);
            }
        }
    }

    public static async ValueTask<ImportedPost> BindAsync(HttpContext context)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        var isYaml = Yaml.Contains(type);
        if (!isYaml && !context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body must be application/yaml or application/json.");
        }

        var (post, message, wrong) = PostFile.Read(await ReadAsync(context.Request.Body, context.RequestAborted), isYaml);
        return message is null ? new(post, wrong) : throw new BadHttpRequestException(message);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([MediaTypeNames.Application.Json, "application/yaml"], typeof(CreatePostRequest)));

    private static async Task<string> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxBytes)
        {
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new BadHttpRequestException("The body is not UTF-8.");
        }
    }
}

using System.Globalization;
using System.Reflection;
using Agents.Contracts;
using Microsoft.AspNetCore.Http.Metadata;

namespace Agents.ServiceDefaults.Envelopes;

/// <summary>An outcome that is not success. A handler names those it can have in its return type.</summary>
public abstract class Failure(ErrorCode code, string? message = null, object? data = null) : IResult, IStatusCodeHttpResult
{
    public ErrorCode Code => code;

    public int? StatusCode => code.HttpStatus();

    public virtual Task ExecuteAsync(HttpContext context) => EnvelopeWriter.WriteAsync(context, code, message, data);

    private protected static void Describe(EndpointBuilder builder, ErrorCode code) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(code.HttpStatus(), typeof(void)));
}

/// <summary>1001: the request is wrong, and these fields tell why.</summary>
public sealed class Invalid(FieldErrors errors) : Failure(ErrorCode.Invalid, data: errors), IEndpointMetadataProvider
{
    public Invalid(string field, string problem)
        : this(new FieldErrors(new Dictionary<string, string[]> { [field] = [problem] }))
    {
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.Invalid);
}

/// <summary>1002: the credential is no good.</summary>
public sealed class NotSignedIn(string? message = null) : Failure(ErrorCode.NotSignedIn, message), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.NotSignedIn);
}

/// <summary>1003: known, and not allowed.</summary>
public sealed class NotAllowed(string? message = null) : Failure(ErrorCode.NotAllowed, message), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.NotAllowed);
}

/// <summary>1004: too many; the answer says when to come again.</summary>
public sealed class TooMany(TimeSpan retryAfter, string? message = null) : Failure(ErrorCode.TooMany, message), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.TooMany);

    public override Task ExecuteAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return base.ExecuteAsync(context);
    }
}

/// <summary>2001: there is none, or it is not the caller's to see.</summary>
public sealed class Missing(string? message = null) : Failure(ErrorCode.NotFound, message), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.NotFound);
}

/// <summary>3001: its state does not allow it.</summary>
public sealed class WrongState(string message) : Failure(ErrorCode.WrongState, message), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.WrongState);
}

/// <summary>3002: it exists already, or somebody changed it first.</summary>
public sealed class Clash(string? message = null) : Failure(ErrorCode.Clash, message), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.Clash);
}

/// <summary>5000: our fault, of a kind that has a name and a remedy.</summary>
public sealed class Broken(string message) : Failure(ErrorCode.Failed, message), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.Failed);
}

/// <summary>5003: not now; the answer says to come again.</summary>
public sealed class Unavailable(string? message = null) : Failure(ErrorCode.Unavailable, message), IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, ErrorCode.Unavailable);
}

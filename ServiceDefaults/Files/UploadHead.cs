using System.Net.Mime;
using Agents.ServiceDefaults.Envelopes;
using Microsoft.Net.Http.Headers;

namespace Agents.ServiceDefaults.Files;

/// <summary>What an upload says of itself, before its content: how the file is called, and what it is.</summary>
public sealed record UploadHead(string Name, string MediaType)
{
    private const int LongestType = 255;

    /// <param name="isPath">It may be called by its path below a folder.</param>
    public static (UploadHead? Head, Invalid? Wrong) Read(HttpRequest request, string? name, bool isPath = false)
    {
        if ((isPath ? FileName.PathProblem(name) : FileName.Problem(name)) is { } problem)
        {
            return (null, new("name", problem));
        }

        var type = request.ContentType is { Length: > 0 } said ? said : MediaTypeNames.Application.Octet;
        return type.Length > LongestType || !MediaTypeHeaderValue.TryParse(type, out _)
            ? (null, new(HeaderNames.ContentType, "must be a media type"))
            : (new(name!, type), null);
    }
}

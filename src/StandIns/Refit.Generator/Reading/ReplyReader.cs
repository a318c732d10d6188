using Microsoft.CodeAnalysis;
using Refit.Generator.Model;

namespace Refit.Generator.Reading;

internal static class ReplyReader
{
    /// <summary>Null for what a call cannot return.</summary>
    internal static (Reply Kind, string? Type)? Read(ITypeSymbol type)
    {
        if (type.Is("System.Threading.Tasks.Task"))
        {
            return (Reply.Nothing, null);
        }

        if (!type.Is("System.Threading.Tasks.Task<TResult>"))
        {
            return null;
        }

        var result = (INamedTypeSymbol)type is var task ? task.TypeArguments[0] : null;
        return result switch
        {
            _ when result.Is("System.Net.Http.HttpResponseMessage") => (Reply.Message, null),
            _ when result.Is("Refit.IApiResponse") => (Reply.Response, "global::System.Net.Http.HttpContent"),
            INamedTypeSymbol response when response.Is("Refit.ApiResponse<T>") || response.Is("Refit.IApiResponse<T>") =>
                (Reply.Response, response.TypeArguments[0].Written()),
            not null => (Reply.Content, result.Written()),
            _ => null,
        };
    }
}

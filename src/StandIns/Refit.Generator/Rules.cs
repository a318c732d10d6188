using Microsoft.CodeAnalysis;

namespace Refit.Generator;

/// <summary>What the generator cannot do is an error when it is compiled, never a surprise when it is called.</summary>
internal static class Rules
{
    internal static readonly DiagnosticDescriptor NoHttpMethod = Rule("RFS001", "'{0}' needs exactly one of [Get], [Post], [Put], [Patch], [Delete], [Head], [Options]{1}");
    internal static readonly DiagnosticDescriptor NoArgumentForPath = Rule("RFS002", "'{0}' has no argument for {{{1}}} of its path");
    internal static readonly DiagnosticDescriptor TwoBodies = Rule("RFS003", "'{0}' has more than one body{1}");
    internal static readonly DiagnosticDescriptor ReturnType = Rule("RFS004", "'{0}' has to return Task, Task<T>, Task<ApiResponse<T>>, Task<IApiResponse<T>> or Task<HttpResponseMessage>, not {1}");
    internal static readonly DiagnosticDescriptor ByReference = Rule("RFS005", "Argument '{0}' is passed by reference, which a request cannot do{1}");
    internal static readonly DiagnosticDescriptor Generic = Rule("RFS006", "'{0}' is generic, which is not supported{1}");
    internal static readonly DiagnosticDescriptor BadPath = Rule("RFS007", "The path of '{0}' {1}");
    internal static readonly DiagnosticDescriptor TwoTokens = Rule("RFS008", "'{0}' has more than one CancellationToken{1}");
    internal static readonly DiagnosticDescriptor BadArgument = Rule("RFS009", "Argument '{0}' {1}");
    internal static readonly DiagnosticDescriptor FormBody = Rule("RFS010", "Argument '{0}' is a form body, which is not supported{1}");
    internal static readonly DiagnosticDescriptor NotAMethod = Rule("RFS011", "'{0}' is not a method; a client has nothing else{1}");
    internal static readonly DiagnosticDescriptor Unreachable = Rule("RFS012", "'{0}' is out of reach for its client: it and what it stands in have to be public or internal{1}");

    private static DiagnosticDescriptor Rule(string id, string message) =>
        new(id, "Not a call that Refit can make", message, "Refit", DiagnosticSeverity.Error, isEnabledByDefault: true);
}

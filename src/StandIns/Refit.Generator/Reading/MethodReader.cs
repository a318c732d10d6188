using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Refit.Generator.Model;

namespace Refit.Generator.Reading;

internal static class MethodReader
{
    private static readonly HashSet<string> HttpMethods = ["Get", "Post", "Put", "Patch", "Delete", "Head", "Options"];

    internal static bool IsHttpMethod(AttributeData attribute) => HttpMethodName(attribute) is not null;

    /// <summary>Null where a problem was found; it is in the list then.</summary>
    internal static Call? Read(IMethodSymbol method, List<Problem> problems)
    {
        var known = problems.Count;
        var attributes = method.GetAttributes().Where(IsHttpMethod).ToList();
        var reply = ReplyReader.Read(method.ReturnType);
        var arguments = method.Parameters.Where(parameter => !IsToken(parameter)).ToList();

        Require(!method.IsGenericMethod, Rules.Generic);
        Require(attributes.Count == 1, Rules.NoHttpMethod);
        Require(reply is not null, Rules.ReturnType, method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        Require(method.Parameters.Count(IsToken) <= 1, Rules.TwoTokens);
        Require(arguments.Count(parameter => parameter.Attribute("Body") is not null) <= 1, Rules.TwoBodies);
        problems.AddRange(method.Parameters.Where(parameter => parameter.RefKind != RefKind.None).Select(parameter => Problem.At(parameter, Rules.ByReference)));
        if (problems.Count > known)
        {
            return null;
        }

        var template = PathTemplate.Parse(attributes[0].Given("path") as string ?? "", out var error);
        Require(template is not null, Rules.BadPath, error);
        var steps = template is null ? [] : StepReader.Read(method, template, arguments, problems);

        return problems.Count > known ? null : new Call(
            method.ContainingType.ForTypeof(),
            method.Name,
            method.ReturnType.Written(),
            reply!.Value.Kind,
            reply.Value.Type,
            HttpMethodName(attributes[0])!,
            new(method.Parameters.Select(parameter => new Argument(parameter.Type.Written(), Identifier(parameter)))),
            new(steps),
            method.Parameters.FirstOrDefault(IsToken) is { } token ? Identifier(token) : "default");

        void Require(bool met, DiagnosticDescriptor rule, string detail = "")
        {
            if (!met)
            {
                problems.Add(Problem.At(method, rule, detail));
            }
        }
    }

    internal static string Identifier(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) is SyntaxKind.None ? symbol.Name : "@" + symbol.Name;

    private static bool IsToken(IParameterSymbol parameter) => parameter.Type.Is("System.Threading.CancellationToken");

    private static string? HttpMethodName(AttributeData attribute) =>
        attribute.AttributeClass is { ContainingNamespace: { Name: "Refit", ContainingNamespace.IsGlobalNamespace: true } } type
        && type.Name.EndsWith("Attribute", StringComparison.Ordinal)
        && type.Name.Substring(0, type.Name.Length - "Attribute".Length) is var name
        && HttpMethods.Contains(name)
            ? name
            : null;
}

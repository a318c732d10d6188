using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Refit.Generator.Model;

namespace Refit.Generator.Reading;

internal static class InterfaceReader
{
    /// <summary>Null for an interface that is none of ours.</summary>
    internal static Client? Read(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol((InterfaceDeclarationSyntax)context.Node, cancellationToken) is not INamedTypeSymbol symbol
            || !IsFirstPart(symbol, context.Node, cancellationToken))
        {
            return null;
        }

        var members = new[] { symbol }.Concat(symbol.AllInterfaces).SelectMany(each => each.GetMembers()).Where(NeedsCode).ToList();
        if (!members.Any(member => member.GetAttributes().Any(MethodReader.IsHttpMethod)))
        {
            return null;
        }

        var problems = new List<Problem>();
        var calls = new List<Call>();
        if (symbol.IsGenericType)
        {
            problems.Add(Problem.At(symbol, Rules.Generic));
        }
        else if (!IsReachable(symbol))
        {
            problems.Add(Problem.At(symbol, Rules.Unreachable));
        }
        else
        {
            foreach (var member in members)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (member is not IMethodSymbol method)
                {
                    problems.Add(Problem.At(member, Rules.NotAMethod));
                }
                else if (MethodReader.Read(method, problems) is { } call)
                {
                    calls.Add(call);
                }
            }
        }

        return new Client(symbol.ForTypeof(), ClassName(symbol), new(calls), new(problems));
    }

    // Each part of a partial interface comes by; one of them speaks for all.
    private static bool IsFirstPart(INamedTypeSymbol symbol, SyntaxNode node, CancellationToken cancellationToken) =>
        symbol.DeclaringSyntaxReferences.Select(part => part.GetSyntax(cancellationToken)).FirstOrDefault(RestClientGenerator.MayBeClient) == node;

    // Accessors come with their property, and what has a body of its own needs none from us.
    private static bool NeedsCode(ISymbol member) =>
        member.IsAbstract && member is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol { IsAbstract: true } or IEventSymbol { IsAbstract: true };

    private static bool IsReachable(INamedTypeSymbol? symbol)
    {
        for (; symbol is not null; symbol = symbol.ContainingType)
        {
            if (symbol.IsFileLocal || symbol.IsGenericType
                || symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    // Dots and underscores both have to end up in one identifier, and no two interfaces in the same one.
    private static string ClassName(INamedTypeSymbol symbol) =>
        symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).Replace("_", "__").Replace('.', '_').Replace("@", "") + "Client";
}

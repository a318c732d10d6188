using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Refit.Generator.Model;

namespace Refit.Generator.Reading;

internal static class QueryReader
{
    internal static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    internal static string? Format(ISymbol symbol)
    {
        var query = symbol.Attribute("Query");
        return query?.Named("Format") as string ?? query?.Given("format") as string;
    }

    internal static QueryStep Scalar(IParameterSymbol argument, string key) =>
        new(key, MethodReader.Identifier(argument), argument.Type.ForTypeof(), Format(argument), IsMany: false, null);

    internal static IEnumerable<Step> Read(IParameterSymbol argument, List<Problem> problems)
    {
        if (Value(argument, argument.Type, Literal(argument.WireName()), MethodReader.Identifier(argument)) is { } single)
        {
            return [single];
        }

        if (argument.Attribute("Query") is not { } query || argument.Type.ElementType() is not null)
        {
            problems.Add(Problem.At(argument, Rules.BadArgument, "is not a value or a list of values: say [Body], or [Query] to send its properties"));
            return [];
        }

        var prefix = query.Given("prefix") as string is { Length: > 0 } given ? given + (query.Given("delimiter") as string ?? ".") : "";
        return [.. Properties(argument.Type).Select(property => Property(argument, property, prefix, problems)).OfType<Step>()];
    }

    private static QueryStep? Property(IParameterSymbol argument, IPropertySymbol property, string prefix, List<Problem> problems)
    {
        var key = property.Attribute("AliasAs") is not null
            ? Literal(prefix + property.WireName())
            : (prefix.Length > 0 ? Literal(prefix) + " + " : "") + $"__request.Key({Literal(property.Name)})";
        var access = argument.Type.IsReferenceType || argument.Type.OriginalDefinition.SpecialType is SpecialType.System_Nullable_T ? "?." : ".";
        var step = Value(property, property.Type, key, MethodReader.Identifier(argument) + access + MethodReader.Identifier(property));
        if (step is null)
        {
            problems.Add(Problem.At(argument, Rules.BadArgument, $"has a property, {property.Name}, that is not a value or a list of values"));
        }

        return step;
    }

    private static QueryStep? Value(ISymbol source, ITypeSymbol type, string key, string value)
    {
        var isMany = !type.IsScalar() && type.ElementType()?.IsScalar() == true;
        return isMany || type.IsScalar()
            ? new QueryStep(key, value, type.ForTypeof(), Format(source), isMany, CollectionFormat(source))
            : null;
    }

    private static string? CollectionFormat(ISymbol source)
    {
        var query = source.Attribute("Query");
        return (query?.Named("CollectionFormat") ?? query?.Given("collectionFormat"))?.ToString();
    }

    private static IEnumerable<IPropertySymbol> Properties(ITypeSymbol type)
    {
        var inner = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        var seen = new HashSet<string>();
        for (var level = inner; level is not null; level = level.BaseType)
        {
            foreach (var property in level.GetMembers().OfType<IPropertySymbol>())
            {
                if (!property.IsStatic && !property.IsIndexer && property.DeclaredAccessibility is Accessibility.Public
                    && property.GetMethod?.DeclaredAccessibility is Accessibility.Public && seen.Add(property.Name))
                {
                    yield return property;
                }
            }
        }
    }
}

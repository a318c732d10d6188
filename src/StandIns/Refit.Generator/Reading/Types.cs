using Microsoft.CodeAnalysis;

namespace Refit.Generator.Reading;

/// <summary>What the reader asks of types and attributes.</summary>
internal static class Types
{
    private static readonly SymbolDisplayFormat Plain = SymbolDisplayFormat.FullyQualifiedFormat;

    private static readonly SymbolDisplayFormat WithNullability =
        Plain.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    internal static string Written(this ITypeSymbol type) => type.ToDisplayString(WithNullability);

    /// <summary>As typeof wants it.</summary>
    internal static string ForTypeof(this ITypeSymbol type) => type.ToDisplayString(Plain);

    internal static bool Is(this ITypeSymbol? type, string fullName) =>
        type is not null && type.OriginalDefinition.ToDisplayString() == fullName;

    internal static AttributeData? Attribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is("Refit." + name + "Attribute"));

    internal static object? Named(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    /// <summary>The value of the constructor's parameter of that name.</summary>
    internal static object? Given(this AttributeData attribute, string parameter)
    {
        var index = attribute.AttributeConstructor?.Parameters.ToList().FindIndex(candidate => candidate.Name == parameter) ?? -1;
        return index < 0 ? null : attribute.ConstructorArguments[index].Value;
    }

    internal static string WireName(this ISymbol symbol) => symbol.Attribute("AliasAs")?.Given("name") as string ?? symbol.Name;

    /// <summary>One value on the wire: text, a number, a time, an id, a member of an enum.</summary>
    internal static bool IsScalar(this ITypeSymbol type)
    {
        var inner = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

        return inner.TypeKind is TypeKind.Enum
            || inner.SpecialType is SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Char
            || inner.Is("System.Uri")
            || inner.AllInterfaces.Any(candidate => candidate.Is("System.IFormattable"));
    }

    internal static ITypeSymbol? ElementType(this ITypeSymbol type) =>
        type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : [])
            .FirstOrDefault(candidate => candidate.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T)
            ?.TypeArguments[0];
}

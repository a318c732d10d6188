using Microsoft.CodeAnalysis;

namespace Agents.Tests.Units.Genuine;

/// <summary>
/// A public API as a set of lines, one for everything that a caller's source can depend on. The same code writes the lines
/// of a genuine package (from its source) and of ours (from the built assembly), so that two lines are equal or differ
/// for a reason.
/// </summary>
internal static class Signatures
{
    // Names without their namespaces: the source of a package is read without all that it references, and what cannot be
    // bound still has its name. The types that we mirror are lines of their own, with the namespace.
    private static readonly SymbolDisplayFormat TypeFormat = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MemberFormat = TypeFormat
        .AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeParameters)
        .WithMiscellaneousOptions(TypeFormat.MiscellaneousOptions | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat DeclarationFormat =
        MemberFormat.AddGenericsOptions(SymbolDisplayGenericsOptions.IncludeVariance);

    public static IEnumerable<string> Of(IAssemblySymbol assembly) => TypesIn(assembly.GlobalNamespace).SelectMany(Of);

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member switch
        {
            INamedTypeSymbol { DeclaredAccessibility: Accessibility.Public } type => TypesIn(type).Prepend(type),
            INamespaceSymbol space => TypesIn(space),
            _ => [],
        });

    private static IEnumerable<string> Of(INamedTypeSymbol type)
    {
        var name = FullName(type);
        var kind = type.TypeKind.ToString().ToLowerInvariant();
        yield return $"{Caution(type)}{kind} {FullName(type, DeclarationFormat)}";

        // What a type can be passed as: an extension method of IResourceWithEnvironment is one on whatever implements it.
        foreach (var parent in type.AllInterfaces.Concat(Ancestors(type)).Where(IsWorthALine))
        {
            yield return $"{kind} {name} : {parent.ToDisplayString(TypeFormat)}";
        }

        if (type.TypeKind == TypeKind.Delegate)
        {
            yield return $"delegate {name}{type.DelegateInvokeMethod!.ToDisplayString(MemberFormat)["Invoke".Length..]}"
                + $" : {type.DelegateInvokeMethod.ReturnType.ToDisplayString(TypeFormat)}";
            yield break;
        }

        foreach (var line in type.GetMembers().Where(IsCallable).SelectMany(member => Of(name, member)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Of(string type, ISymbol member)
    {
        var where = $"{type}.{member.ToDisplayString(MemberFormat)}";
        var caution = Caution(member) + (member.IsStatic && member is not IFieldSymbol { IsConst: true } ? "static " : "");
        switch (member)
        {
            case IMethodSymbol { MethodKind: MethodKind.Constructor }:
                yield return $"{caution}constructor {type}{where[where.IndexOf('(')..]}";
                break;
            case IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.UserDefinedOperator or MethodKind.Conversion } method:
                yield return $"{caution}method {where} : {method.ReturnType.ToDisplayString(TypeFormat)}";
                break;
            // Readable and writable are two lines: ours may do less.
            case IPropertySymbol property:
                var required = property.IsRequired ? "required " : "";
                var returns = property.Type.ToDisplayString(TypeFormat);
                if (property.GetMethod is { DeclaredAccessibility: Accessibility.Public })
                {
                    yield return $"{caution}get {where} : {returns}";
                }

                if (property.SetMethod is { DeclaredAccessibility: Accessibility.Public } setter)
                {
                    yield return $"{caution}{required}{(setter.IsInitOnly ? "init" : "set")} {where} : {returns}";
                }

                break;
            case IFieldSymbol { IsConst: true } constant:
                yield return $"{caution}const {where} = {constant.ConstantValue}";
                break;
            case IFieldSymbol field:
                yield return $"{caution}field {where} : {field.Type.ToDisplayString(TypeFormat)}";
                break;
            case IEventSymbol @event:
                yield return $"{caution}event {where} : {@event.Type.ToDisplayString(TypeFormat)}";
                break;
        }
    }

    // A class without a constructor has one all the same; it is as callable as a written one.
    private static bool IsCallable(ISymbol member) =>
        member.DeclaredAccessibility == Accessibility.Public
        && !member.IsOverride
        && (!member.IsImplicitlyDeclared || member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true })
        && !member.GetAttributes().Any(a => a.AttributeClass?.Name == "CompilerGeneratedAttribute");

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            yield return parent;
        }
    }

    private static bool IsWorthALine(INamedTypeSymbol parent) =>
        parent.DeclaredAccessibility == Accessibility.Public
        && parent.SpecialType is SpecialType.None
        && parent.Name is not ("IEquatable" or "ISpanFormattable" or "IFormattable" or "IConvertible" or "IComparable");

    /// <summary>What the compiler says to who uses it: an experimental or obsolete member does not build where warnings are errors.</summary>
    private static string Caution(ISymbol symbol) => string.Concat(symbol.GetAttributes().Select(a => a.AttributeClass?.Name switch
    {
        "ExperimentalAttribute" => $"[Experimental({a.ConstructorArguments.FirstOrDefault().Value})] ",
        "ObsoleteAttribute" => "[Obsolete] ",
        _ => "",
    }));

    private static string FullName(INamedTypeSymbol type, SymbolDisplayFormat? format = null)
    {
        var name = type.ToDisplayString(format ?? TypeFormat);
        return type.ContainingType is { } outer ? $"{FullName(outer)}.{name}"
            : type.ContainingNamespace.IsGlobalNamespace ? name : $"{type.ContainingNamespace.ToDisplayString()}.{name}";
    }
}

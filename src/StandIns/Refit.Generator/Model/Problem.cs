using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Refit.Generator.Model;

/// <summary>A diagnostic as plain values; a Location would hold on to a whole syntax tree.</summary>
internal sealed record Problem(DiagnosticDescriptor Rule, Place? Place, string Subject, string Detail)
{
    internal static Problem At(ISymbol symbol, DiagnosticDescriptor rule, string detail = "") =>
        new(rule, Place.Of(symbol), symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), detail);

    internal Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Place?.ToLocation(), Subject, Detail);
}

internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    internal static Place? Of(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.IsInSource) is { } found
            ? new Place(found.SourceTree!.FilePath, found.SourceSpan, found.GetLineSpan().Span)
            : null;

    internal Location ToLocation() => Location.Create(Path, Span, Lines);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Agents.Tests.Units.Genuine;

/// <summary>The public API of our built assemblies, in the words of the packages that they stand in for.</summary>
internal static class Ours
{
    /// <summary>Everything that this process can load, ours and others'.</summary>
    private static readonly IReadOnlyList<MetadataReference> Loadable =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly Lazy<CSharpCompilation> Reader = new(() => CSharpCompilation.Create("Reader", references: Loadable));

    /// <summary>What the source of a genuine package can be read with: all but ours.</summary>
    public static IEnumerable<MetadataReference> Foreign =>
        Loadable.Where(reference => Path.GetFileName(reference.Display) is { } file
            && !file.StartsWith("Refit.", StringComparison.Ordinal) && !file.StartsWith("Agents.", StringComparison.Ordinal));

    public static IReadOnlyList<string> SignaturesIn(string assembly)
    {
        var found = Reader.Value.SourceModule.ReferencedAssemblySymbols.Single(symbol => symbol.Name == assembly);
        return [.. Signatures.Of(found).Select(Translated).Distinct().Order(StringComparer.Ordinal)];
    }

    // The only difference that there may be, and one `Using` in the app host's project bridges it.
    private static string Translated(string signature) =>
        signature.Replace("Agents.Hosting.", "Aspire.Hosting.", StringComparison.Ordinal);
}

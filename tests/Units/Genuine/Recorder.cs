using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Agents.Tests.Units.Genuine;

/// <summary>
/// Writes the recordings anew, for a newer version of a package: check out the tags that docs/adr/0002-stand-ins.md names into
/// `aspire` and `refit` under one folder, name it in GENUINE_SOURCE, run this test alone (it is explicit), and put the new
/// version and commit into the first lines.
/// </summary>
public sealed class Recorder
{
    private static readonly CSharpParseOptions Parsing = new(
        LanguageVersion.Preview,
        preprocessorSymbols: ["NET", "NETCOREAPP", "NET5_0_OR_GREATER", "NET6_0_OR_GREATER", "NET7_0_OR_GREATER", "NET8_0_OR_GREATER"]);

    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """, Parsing);

    [Fact(Explicit = true)]
    public void RecordFromSource()
    {
        var root = Environment.GetEnvironmentVariable("GENUINE_SOURCE");
        Assert.SkipWhen(root is null, "GENUINE_SOURCE names no folder with the source of the packages.");

        var hosting = Read("Aspire.Hosting", $"{root}/aspire/src/Aspire.Hosting");
        Record(hosting, "Agents.Hosting");
        foreach (var package in (string[])["Aspire.Hosting.PostgreSQL", "Aspire.Hosting.Redis", "Aspire.Hosting.Testing"])
        {
            Record(Read(package, $"{root}/aspire/src/{package}", hosting), "Agents.Hosting");
        }

        foreach (var package in (string[])["Aspire.Npgsql.EntityFrameworkCore.PostgreSQL", "Aspire.StackExchange.Redis"])
        {
            Record(Read(package, $"{root}/aspire/src/Components/{package}"), "Agents.ServiceDefaults");
        }

        var refit = Read("Refit", $"{root}/refit/Refit");
        Record(refit, "Refit");
        Record(Read("Refit.HttpClientFactory", $"{root}/refit/Refit.HttpClientFactory", refit), "Refit.HttpClientFactory");
    }

    // Not built, only read: a type that cannot be bound keeps its name, and names are all that the lines hold.
    private static CSharpCompilation Read(string package, string folder, CSharpCompilation? reference = null)
    {
        var trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/api/", StringComparison.Ordinal))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), Parsing));
        var references = reference is null ? Ours.Foreign : Ours.Foreign.Append(reference.ToMetadataReference());
        return CSharpCompilation.Create(package, trees.Append(ImplicitUsings), references,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    // Of all that the package has, the members that ours has too, with their overloads.
    private static void Record(CSharpCompilation package, string assembly)
    {
        var mirrored = Ours.SignaturesIn(assembly).Select(Member).ToHashSet(StringComparer.Ordinal);
        var file = Path.Combine(Folder(), $"{package.AssemblyName}.txt");
        File.WriteAllLines(file, Signatures.Of(package.Assembly)
            .Where(signature => mirrored.Contains(Member(signature)))
            .Distinct()
            .OrderBy(Member, StringComparer.Ordinal).ThenBy(signature => signature, StringComparer.Ordinal)
            .Prepend(File.ReadLines(file).First()));
    }

    // "static method A.B.C<T>(...) ..." is of "A.B.C".
    private static string Member(string signature) =>
        signature.Split(' ').First(word => word.Contains('.', StringComparison.Ordinal)).Split('(', '<')[0];

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

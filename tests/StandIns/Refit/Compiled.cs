using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Refit.Generator;

namespace Agents.Tests.StandIns.Refit;

/// <summary>A piece of source through the compiler with the generator in it.</summary>
internal sealed class Compiled
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Compilation _before;
    private readonly GeneratorDriver _driver;

    private Compiled(Compilation before, GeneratorDriver driver)
    {
        _before = before;
        _driver = driver.RunGeneratorsAndUpdateCompilation(before, out var after, out var diagnostics);
        Diagnostics = [.. diagnostics, .. after.GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning)];
    }

    /// <summary>The generator's, and the compiler's on what came out.</summary>
    internal IReadOnlyList<Diagnostic> Diagnostics { get; }

    internal GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    internal IEnumerable<IncrementalStepRunReason> Reasons =>
        Result.TrackedSteps[RestClientGenerator.ClientsStep].SelectMany(step => step.Outputs).Select(output => output.Reason);

    internal IEnumerable<IncrementalStepRunReason> OutputReasons =>
        Result.TrackedOutputSteps.SelectMany(steps => steps.Value).SelectMany(step => step.Outputs).Select(output => output.Reason);

    internal static Compiled From(string source)
    {
        var before = CSharpCompilation.Create(
            "Sample",
            [Parse(source)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(
            [new RestClientGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

        return new Compiled(before, driver);
    }

    /// <summary>The same project a keystroke later.</summary>
    internal Compiled Edited(Func<string, string> edit)
    {
        var tree = _before.SyntaxTrees.Single();
        return new Compiled(_before.ReplaceSyntaxTree(tree, Parse(edit(tree.ToString()))), _driver);
    }

    private static SyntaxTree Parse(string source) =>
        CSharpSyntaxTree.ParseText("using System; using System.Collections.Generic; using System.IO; using System.Threading; using System.Threading.Tasks; using Refit;\n" + source, path: "Sample.cs");
}

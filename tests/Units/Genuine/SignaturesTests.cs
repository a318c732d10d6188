using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Agents.Tests.Units.Genuine;

public sealed class SignaturesTests
{
    // One of everything that a line can be about.
    private const string Sample = """
        namespace Sample;
        public interface INamed { string Name { get; } }
        public interface INamed<out T> : INamed where T : class { T? Value { get; } }
        public enum Colour { Red, Blue = 4 }
        public delegate System.Threading.Tasks.Task<bool> Check(string name, System.Threading.CancellationToken cancellationToken);
        public record Wire(string Id, int? Count = null);
        public class Thing(string name) : INamed
        {
            public const int Limit = 3;
            public static readonly Colour First = Colour.Blue;
            public string Name => name;
            public required string? Note { get; set; }
            public int Hidden { get; private set; }
            public event System.EventHandler<Wire>? Changed { add { } remove { } }
            public override string ToString() => name;
            internal void Internal() { }
            public sealed class Nested;
        }
        public static class ThingExtensions
        {
            [System.Obsolete("not any more")]
            public static T With<T>(this T thing, in Colour colour, Colour other = Colour.Blue, bool? on = null, params string[]? rest)
                where T : Thing, INamed => thing;
        }
        """;

    [Fact]
    public void Of_SourceAndTheAssemblyBuiltFromIt_AreTheSame()
    {
        var source = Compile(Sample);
        using var built = new MemoryStream();
        Assert.Empty(source.Emit(built, cancellationToken: TestContext.Current.CancellationToken).Diagnostics);
        var image = MetadataReference.CreateFromImage(built.ToArray());
        var reader = CSharpCompilation.Create("Reader", references: [.. Ours.Foreign, image]);

        Assert.Equal(
            Signatures.Of(source.Assembly).Order(StringComparer.Ordinal),
            Signatures.Of((IAssemblySymbol)reader.GetAssemblyOrModuleSymbol(image)!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[Obsolete] static method Sample.ThingExtensions.With<T>(this T thing, in Colour colour, Colour other = Blue, bool? on = null, params string[]? rest) where T : Thing, INamed : T")]
    [InlineData("constructor Sample.Thing(string name)")]
    [InlineData("constructor Sample.Thing.Nested()")]
    [InlineData("class Sample.Thing : INamed")]
    [InlineData("required set Sample.Thing.Note : string?")]
    [InlineData("interface Sample.INamed<out T> where T : class")]
    [InlineData("init Sample.Wire.Count : int?")]
    [InlineData("const Sample.Colour.Blue = 4")]
    [InlineData("delegate Sample.Check(string name, CancellationToken cancellationToken) : Task<bool>")]
    public void Of_AnyPublicMember_SaysAllThatACallerDependsOn(string line) =>
        Assert.Contains(line, Signatures.Of(Compile(Sample).Assembly));

    [Theory]
    [InlineData("Internal")]
    [InlineData("set Sample.Thing.Hidden")]
    [InlineData("ToString")]
    public void Of_WhatACallerCannotSeeOrAlwaysHas_IsNoLine(string text) =>
        Assert.DoesNotContain(Signatures.Of(Compile(Sample).Assembly), line => line.Contains(text, StringComparison.Ordinal));

    private static CSharpCompilation Compile(string text) => CSharpCompilation.Create("Sample",
        [CSharpSyntaxTree.ParseText(text)], Ours.Foreign,
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}

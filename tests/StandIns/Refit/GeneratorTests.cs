using Microsoft.CodeAnalysis;

namespace Agents.Tests.StandIns.Refit;

public sealed class GeneratorTests
{
    private const string Good = """
        namespace Sample;
        public interface IApi
        {
            [Get("/a/{id}")] Task<string> GetAsync(string id);
        }
        """;

    [Theory]
    [InlineData("RFS001", "UncalledAsync", "[Get(\"/\")] Task AAsync(); Task UncalledAsync();")]
    [InlineData("RFS001", "BothAsync", "[Get(\"/\"), Post(\"/\")] Task BothAsync();")]
    [InlineData("RFS002", "{id}", "[Get(\"/{id}\")] Task AAsync(string other);")]
    [InlineData("RFS002", "{id}", "[Get(\"/a?b={id}\")] Task AAsync(string other);")]
    [InlineData("RFS003", "more than one body", "[Post(\"/\")] Task AAsync([Body] string a, [Body] string b);")]
    [InlineData("RFS004", "not string", "[Get(\"/\")] string A();")]
    [InlineData("RFS004", "not ValueTask<int>", "[Get(\"/\")] ValueTask<int> AAsync();")]
    [InlineData("RFS004", "not IAsyncEnumerable<int>", "[Get(\"/\")] IAsyncEnumerable<int> A();")]
    [InlineData("RFS005", "by reference", "[Get(\"/\")] Task AAsync(ref int number);")]
    [InlineData("RFS005", "by reference", "[Get(\"/\")] Task AAsync(out int number);")]
    [InlineData("RFS006", "generic", "[Get(\"/\")] Task<T> AAsync<T>();")]
    [InlineData("RFS007", "start with '/'", "[Get(\"a\")] Task AAsync();")]
    [InlineData("RFS007", "braces", "[Get(\"/{a\")] Task AAsync(string a);")]
    [InlineData("RFS007", "braces", "[Get(\"/{}\")] Task AAsync(string a);")]
    [InlineData("RFS007", "braces", "[Get(\"/a}\")] Task AAsync(string a);")]
    [InlineData("RFS007", "line break", "[Get(\"/a\\r\\nb\")] Task AAsync();")]
    [InlineData("RFS007", "whole value", "[Get(\"/a?b=x{c}\")] Task AAsync(string c);")]
    [InlineData("RFS008", "CancellationToken", "[Get(\"/\")] Task AAsync(CancellationToken a, CancellationToken b);")]
    [InlineData("RFS009", "[Body], or [Query]", "[Get(\"/\")] Task AAsync(Exception complex);")]
    [InlineData("RFS009", "[Body], or [Query]", "[Get(\"/\")] Task AAsync([Query] List<Exception> complex);")]
    [InlineData("RFS009", "property, Key,", "[Get(\"/\")] Task AAsync([Query] KeyValuePair<Exception, int> pair);")]
    [InlineData("RFS009", "single value", "[Get(\"/{a}\")] Task AAsync(int[] a);")]
    [InlineData("RFS009", "single value", "[Get(\"/\")] Task AAsync([Header(\"a\")] Exception a);")]
    [InlineData("RFS009", "more than one place", "[Post(\"/{a}\")] Task AAsync([Body] string a);")]
    [InlineData("RFS009", "rest of a path", "[Get(\"/{**a}\")] Task AAsync(int a);")]
    [InlineData("RFS010", "form", "[Post(\"/\")] Task AAsync([Body(BodySerializationMethod.UrlEncoded)] string a);")]
    [InlineData("RFS011", "Name", "[Get(\"/\")] Task AAsync(); string Name { get; }")]
    [InlineData("RFS011", "Happened", "[Get(\"/\")] Task AAsync(); event Action Happened;")]
    public void Interface_WithWhatCannotBeCalled_IsAnError(string id, string says, string members)
    {
        var compiled = Compiled.From($"public interface IApi {{ {members} }}");

        var found = Assert.Single(compiled.Diagnostics);
        Assert.Equal((id, DiagnosticSeverity.Error), (found.Id, found.Severity));
        Assert.Contains(says, found.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("Sample.cs", found.Location.GetLineSpan().Path);
    }

    [Theory]
    [InlineData("RFS006", "public interface IApi<T> { [Get(\"/\")] Task<T> AAsync(); }")]
    [InlineData("RFS012", "public class Outer { private interface IApi { [Get(\"/\")] Task AAsync(); } }")]
    [InlineData("RFS012", "file interface IApi { [Get(\"/\")] Task AAsync(); }")]
    public void Interface_OutOfReach_IsAnError(string id, string source) =>
        Assert.Equal(id, Assert.Single(Compiled.From(source).Diagnostics).Id);

    [Theory]
    [InlineData(Good)]
    [InlineData("internal interface IApi { [Get(\"\")] internal Task AAsync(int @class, string? request = \"x\", CancellationToken ct = default); }")]
    [InlineData("public class Outer { internal interface IApi { [Get(\"/{a}-{b}\")] Task<int?> AAsync(Guid a, DateOnly b, int c = 3); } }")]
    [InlineData("public partial interface IApi { [Get(\"/a\")] Task AAsync(); } public partial interface IApi { [Get(\"/b\")] Task BAsync(); }")]
    [InlineData("public interface IA { [Get(\"/a\")] Task DoAsync(); } public interface IB { [Get(\"/b\")] Task DoAsync(); } public interface IBoth : IA, IB;")]
    [InlineData("public interface IApi { [Get(\"/a\")] Task DoAsync(); [Get(\"/b\")] Task DoAsync(int b); static int Zero => 0; int One => 1; Task NoneAsync() => Task.CompletedTask; }")]
    [InlineData("public interface IApi { [Get(\"/a\")] Task<ApiResponse<string?>> AAsync(); [Get(\"/b\")] Task<IApiResponse<int[]>> BAsync(); [Get(\"/c\")] Task<IApiResponse> CAsync(); }")]
    [InlineData("public interface INothing { Task AAsync(); } public interface IEmpty;")]
    public void Interface_WithCalls_Compiles(string source) => Assert.Empty(Compiled.From(source).Diagnostics);

    [Fact]
    public void Interface_PartialOrNot_HasOneClient()
    {
        var compiled = Compiled.From("public partial interface IApi { [Get(\"/a\")] Task AAsync(); } public partial interface IApi { [Get(\"/b\")] Task BAsync(); }");

        Assert.Contains("/b", Assert.Single(compiled.Result.GeneratedSources).SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void NamesThatLookAlike_HaveClientsOfTheirOwn() =>
        Assert.Equal(2, Compiled.From("namespace A_B { public interface I { [Get(\"/\")] Task AAsync(); } } namespace A.B { public interface I { [Get(\"/\")] Task AAsync(); } }").Result.GeneratedSources.Length);

    [Fact]
    public void EditElsewhere_GeneratesNothingAnew()
    {
        var edited = Compiled.From(Good).Edited(source => "// a comment, which moves everything\n" + source + "\npublic class Other { int X() => 1; }");

        Assert.All(edited.Reasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(edited.OutputReasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.NotEmpty(edited.OutputReasons);
    }

    [Fact]
    public void EditOfTheCall_GeneratesAnew()
    {
        var edited = Compiled.From(Good).Edited(source => source.Replace("/a/{id}", "/b/{id}", StringComparison.Ordinal));

        Assert.Contains(IncrementalStepRunReason.Modified, edited.OutputReasons);
        Assert.Contains("\"/b/\"", edited.Result.GeneratedSources.Single().SourceText.ToString(), StringComparison.Ordinal);
    }
}

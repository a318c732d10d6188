using Microsoft.VisualStudio.TextTemplating;

namespace Mono.TextTemplating;

/// <summary>Runs no templates: only scaffolding from an existing database with T4 files of one's own would ask for it.</summary>
public class TemplatingEngine
{
    public Task<string> ProcessTemplateAsync(string content, ITextTemplatingEngineHost host, CancellationToken token = default) =>
        throw NotCovered();

    public Task<CompiledTemplate> CompileTemplateAsync(string content, ITextTemplatingEngineHost host, CancellationToken token = default) =>
        throw NotCovered();

    internal static NotSupportedException NotCovered() =>
        new("T4 templates are not covered by this stand-in; build with -p:StandIns=false for the genuine Mono.TextTemplating.");
}

public sealed class CompiledTemplate : IDisposable
{
    private CompiledTemplate()
    {
    }

    public string Process() => throw TemplatingEngine.NotCovered();

    public void Dispose()
    {
    }
}

namespace Microsoft.VisualStudio.TextTemplating;

/// <summary>What EF's own host implements; of its members only those that it names explicitly have to be here.</summary>
public interface ITextTemplatingEngineHost
{
    string ResolveParameterValue(string directiveId, string processorName, string parameterName);
}

public interface ITextTemplatingSession : IDictionary<string, object>;

public interface ITextTemplatingSessionHost
{
    ITextTemplatingSession Session { get; set; }

    ITextTemplatingSession CreateSession();
}

public sealed class TextTemplatingSession : Dictionary<string, object>, ITextTemplatingSession;

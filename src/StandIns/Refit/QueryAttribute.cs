namespace Refit;

/// <summary>How an argument, or a property of one, stands in the query. On an object, its properties go one by one.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public class QueryAttribute : Attribute
{
    private CollectionFormat? _collectionFormat;

    public QueryAttribute()
    {
    }

    public QueryAttribute(string delimiter) => Delimiter = delimiter;

    public QueryAttribute(string delimiter, string prefix)
        : this(delimiter) => Prefix = prefix;

    public QueryAttribute(string delimiter, string prefix, string format)
        : this(delimiter, prefix) => Format = format;

    public QueryAttribute(CollectionFormat collectionFormat) => CollectionFormat = collectionFormat;

    /// <summary>Between the prefix and a property's name.</summary>
    public string Delimiter { get; protected set; } = ".";

    public string? Prefix { get; protected set; }

    /// <summary>A .NET format string, used with the invariant culture.</summary>
    public string? Format { get; set; }

    public CollectionFormat CollectionFormat
    {
        get => _collectionFormat.GetValueOrDefault();
        set => _collectionFormat = value;
    }

    public bool IsCollectionFormatSpecified => _collectionFormat.HasValue;
}

public enum CollectionFormat
{
    /// <summary>What the settings say, and commas where they say nothing.</summary>
    RefitParameterFormatter = 0,
    Csv = 1,
    Ssv = 2,
    Tsv = 3,
    Pipes = 4,

    /// <summary>One key=value for each element.</summary>
    Multi = 5,
}

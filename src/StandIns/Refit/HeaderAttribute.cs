namespace Refit;

/// <summary>An argument sent as a header; null leaves the header out.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class HeaderAttribute(string header) : Attribute
{
    public string Header { get; } = header;
}

/// <summary>Headers that never change, each as "Name: value"; a bare "Name" takes an inherited one away.</summary>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method)]
public class HeadersAttribute(params string[] headers) : Attribute
{
    public string[] Headers { get; } = headers ?? [];
}

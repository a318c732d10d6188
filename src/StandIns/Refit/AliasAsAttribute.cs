namespace Refit;

/// <summary>The name an argument or a property has on the wire, where it is not its name in C#.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public class AliasAsAttribute(string name) : Attribute
{
    public string Name { get; protected set; } = name;
}

using System.Reflection;

namespace Refit.StandIn;

/// <summary>What a formatter may ask of a parameter, known since compile time: its [Query(Format)], and nothing else.</summary>
internal sealed class ParameterFormat(string? format) : ICustomAttributeProvider
{
    private static readonly ParameterFormat None = new(null);

    internal static ParameterFormat Of(string? format) => format is null ? None : new(format);

    public object[] GetCustomAttributes(bool inherit) =>
        format is null ? [] : new Attribute[] { new QueryAttribute { Format = format } };

    // Callers may cast the answer to an array of what they asked for, as Attribute.GetCustomAttributes does.
    public object[] GetCustomAttributes(Type attributeType, bool inherit)
    {
        var found = (object[])Array.CreateInstance(attributeType, IsDefined(attributeType, inherit) ? 1 : 0);
        if (found.Length == 1)
        {
            found[0] = new QueryAttribute { Format = format };
        }

        return found;
    }

    public bool IsDefined(Type attributeType, bool inherit) =>
        format is not null && attributeType.IsAssignableFrom(typeof(QueryAttribute));
}

using System.Globalization;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace Refit;

/// <summary>Turns a value into what stands in a path or a query, before it is escaped.</summary>
public interface IUrlParameterFormatter
{
    string? Format(object? value, ICustomAttributeProvider attributeProvider, Type type);
}

public interface IFormUrlEncodedParameterFormatter
{
    string? Format(object? value, string? formatString);
}

/// <summary>Turns the name of a property into its key in the query.</summary>
public interface IUrlParameterKeyFormatter
{
    string Format(string key);
}

/// <summary>Invariant culture; a [Query(Format)] first, then what was added here for the type.</summary>
public class DefaultUrlParameterFormatter : IUrlParameterFormatter
{
    private readonly Dictionary<Type, string> _general = [];
    private readonly Dictionary<(Type Container, Type Parameter), string> _specific = [];

    public void AddFormat<TParameter>(string format) => _general.Add(typeof(TParameter), format);

    public void AddFormat<TContainer, TParameter>(string format) => _specific.Add((typeof(TContainer), typeof(TParameter)), format);

    public virtual string? Format(object? parameterValue, ICustomAttributeProvider attributeProvider, Type type)
    {
        if (parameterValue is null)
        {
            return null;
        }

        var format = attributeProvider.GetCustomAttributes(typeof(QueryAttribute), inherit: true).OfType<QueryAttribute>().FirstOrDefault()?.Format;
        if (string.IsNullOrWhiteSpace(format)
            && !_specific.TryGetValue((type, parameterValue.GetType()), out format))
        {
            _general.TryGetValue(parameterValue.GetType(), out format);
        }

        return Invariant.Format(parameterValue, format);
    }
}

public class DefaultFormUrlEncodedParameterFormatter : IFormUrlEncodedParameterFormatter
{
    public virtual string? Format(object? parameterValue, string? formatString) =>
        parameterValue is null ? null : Invariant.Format(parameterValue, formatString);
}

public class DefaultUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    public virtual string Format(string key) => key;
}

public class CamelCaseUrlParameterKeyFormatter : IUrlParameterKeyFormatter
{
    public string Format(string key) => JsonNamingPolicy.CamelCase.ConvertName(key);
}

internal static class Invariant
{
    internal static string Format(object value, string? format)
    {
        if (value is Enum member && MemberName(member) is { } name)
        {
            return name;
        }

        return value is IFormattable formattable
            ? formattable.ToString(string.IsNullOrWhiteSpace(format) ? null : format, CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    }

    private static string? MemberName(Enum member) =>
        member.GetType().GetField(member.ToString())?.GetCustomAttribute<EnumMemberAttribute>()?.Value;
}

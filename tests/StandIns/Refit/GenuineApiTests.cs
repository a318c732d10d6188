using System.Reflection;
using Refit;

namespace Agents.Tests.StandIns.Refit;

/// <summary>Code that compiles against the stand-in has to compile against the package: no public member is our own invention.</summary>
public sealed class GenuineApiTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly HashSet<string> Genuine =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Refit", "refit-8.0.0.txt")).Where(line => !line.StartsWith('#'))];

    [Fact]
    public void EveryPublicMember_IsAGenuineOne()
    {
        var ours = new[] { typeof(RestService), typeof(ISettingsFor) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.Namespace != "Refit.StandIn")
            .SelectMany(Members)
            .ToList();

        Assert.True(ours.Count > 120, $"{ours.Count} members");
        Assert.Equal([], ours.Except(Genuine));
    }

    /// <summary>Who implements one of these against ours has all that the package asks for.</summary>
    [Theory]
    [InlineData(typeof(IHttpContentSerializer))]
    [InlineData(typeof(IUrlParameterFormatter))]
    [InlineData(typeof(IUrlParameterKeyFormatter))]
    [InlineData(typeof(IFormUrlEncodedParameterFormatter))]
    public void InterfacesToImplement_AreWhole(Type type) =>
        Assert.Equal(Genuine.Where(member => member.StartsWith($"{type.Name}:", StringComparison.Ordinal)).Order(), Members(type).Order());

    private static IEnumerable<string> Members(Type type)
    {
        var name = Name(type);
        return type.IsEnum
            ? type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{name}: {field.Name} = {Convert.ToInt32(field.GetRawConstantValue())}")
            : type.GetMembers(Declared).Select(Signature).OfType<string>().Select(signature => $"{name}: {signature}");
    }

    private static string? Signature(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsSeen(constructor) => $"ctor({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsSeen(method) => $"{Name(method.ReturnType)} {method.Name}{Generics(method.GetGenericArguments())}({Parameters(method)})",
        PropertyInfo property when IsSeen(property.GetMethod) => $"{Name(property.PropertyType)} {property.Name} {{ get; {(IsSeen(property.SetMethod) ? "set; " : "")}}}",
        FieldInfo field when field.IsPublic => field.Name,
        _ => null,
    };

    private static bool IsSeen(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } && !method.Name.Contains('<', StringComparison.Ordinal);

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";

    private static string Name(Type type) => type switch
    {
        { IsByRef: true } or { IsArray: true } => Name(type.GetElementType()!) + (type.IsArray ? "[]" : ""),
        _ when Nullable.GetUnderlyingType(type) is { } inner => Name(inner),
        _ when type == typeof(void) => "void",
        _ when type == typeof(string) || type == typeof(object) => type.Name.ToLowerInvariant(),
        _ when type == typeof(bool) => "bool",
        _ => type.Name.Split('`')[0] + Generics(type.GetGenericArguments()),
    };
}

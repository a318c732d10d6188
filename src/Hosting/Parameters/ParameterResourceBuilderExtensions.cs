using Agents.Hosting.ApplicationModel;
using Agents.Hosting.Engine;

namespace Agents.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>Taken from <c>Parameters:{name}</c> of the configuration, or it is an error.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => Configured(builder, name) ?? throw new DistributedApplicationException(
            $"The parameter '{name}' has no value; set Parameters__{name.Replace('-', '_')} in the environment."), secret));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false)
        => builder.AddResource(new ParameterResource(name, _ => value, secret)
        {
            Default = publishValueAsDefault ? new ConstantParameterDefault(value) : null
        });

    /// <summary>A default for where the configuration has none; <paramref name="persist"/> keeps it in the data folder.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
        => builder.AddResource(Create(builder, name, value, secret, persist));

    internal static ParameterResource Create(
        IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist)
        => new(name, fallback => Configured(builder, name) ?? (persist
            ? KeptSecret.ReadOrCreate(EngineOptions.From(builder.Configuration).DataPath, name, fallback!.GetDefaultValue)
            : fallback!.GetDefaultValue()), secret)
        { Default = value };

    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[$"Parameters:{name.Replace('-', '_')}"];

    private sealed class ConstantParameterDefault(string value) : ParameterDefault
    {
        public override string GetDefaultValue() => value;
    }
}

using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting;

internal static class GeneratedPassword
{
    /// <summary>Letters and digits only: the password stands in connection strings, where other characters have meanings.</summary>
    public static ParameterResource For(IDistributedApplicationBuilder builder, string name)
    {
        var password = ParameterResourceBuilderExtensions.Create(
            builder, $"{name}-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
        builder.AddResource(password);
        return password;
    }
}

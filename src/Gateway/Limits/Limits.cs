namespace Agents.Gateway.Limits;

internal static class Limits
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var limits = LimitOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton<RequestRates>();
        builder.Services.AddSingleton<BodyLimit>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = limits.MaxBodyBytes);
    }
}

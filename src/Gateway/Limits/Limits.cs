namespace Agents.Gateway.Limits;

internal static class Limits
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitOptions>()
            .BindConfiguration(LimitOptions.Section)
            .ValidateDataAnnotations()
            .Validate(limits => limits.FailedSignInsWindow > TimeSpan.Zero, "Limits:FailedSignInsWindow must be longer than nothing.")
            .ValidateOnStart();
        builder.Services.AddSingleton<RequestRates>();
        builder.Services.AddSingleton<BodyLimit>();
    }
}

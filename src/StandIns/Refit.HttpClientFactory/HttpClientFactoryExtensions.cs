using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Refit;

public static class HttpClientFactoryExtensions
{
    /// <summary>Registers the client of an interface; address and handlers are set on what is returned.</summary>
    public static IHttpClientBuilder AddRefitClient<T>(this IServiceCollection services, RefitSettings? settings = null)
        where T : class
        => services.AddRefitClient<T>(_ => settings);

    /// <inheritdoc cref="AddRefitClient{T}(IServiceCollection, RefitSettings?)"/>
    public static IHttpClientBuilder AddRefitClient<T>(
        this IServiceCollection services, Func<IServiceProvider, RefitSettings?>? settingsAction, string? httpClientName = null)
        where T : class
    {
        var name = httpClientName ?? typeof(T).FullName!;
        services.AddSingleton(provider => new SettingsFor<T>(settingsAction?.Invoke(provider)));
        services.Configure<HttpClientFactoryOptions>(name, options => options.HttpMessageHandlerBuilderActions.Add(UseOwnHandler<T>));

        return services
            .AddHttpClient(name)
            .AddTypedClient((client, provider) => RestService.For<T>(client, provider.GetRequiredService<SettingsFor<T>>().Settings));
    }

    private static void UseOwnHandler<T>(HttpMessageHandlerBuilder builder)
    {
        if (builder.Services.GetRequiredService<SettingsFor<T>>().Settings?.HttpMessageHandlerFactory is { } make)
        {
            builder.PrimaryHandler = make();
        }
    }
}

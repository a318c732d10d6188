using Agents.Hosting.ApplicationModel;
using Agents.Hosting.Publishing;

namespace Agents.Hosting;

public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        var resource = new RedisResource(name, password?.Resource ?? GeneratedPassword.For(builder, name))
        {
            Given = () => builder.Configuration[$"ConnectionStrings:{name}"] is { Length: > 0 } given ? given : null
        };

        return builder.AddResource(resource)
            .WithEndpoint(port, targetPort: 6379, name: "tcp")
            .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/redis", Tag = "8.2" })
            .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = resource.PasswordParameter!)
            // The image takes no password from its environment; the shell puts it in.
            .WithAnnotation(new ContainerCommand("/bin/sh", "-c", "redis-server --requirepass $REDIS_PASSWORD"));
    }
}

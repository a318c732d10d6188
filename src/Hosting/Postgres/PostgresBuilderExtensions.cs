using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting;

public static class PostgresBuilderExtensions
{
    internal const string Image = "library/postgres";
    internal const string Tag = "17";

    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder, string name,
        IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var resource = new PostgresServerResource(
            name, userName?.Resource, password?.Resource ?? GeneratedPassword.For(builder, name))
        {
            Given = () => builder.Configuration[$"ConnectionStrings:{name}"] is { Length: > 0 } given ? given : null
        };

        return builder.AddResource(resource)
            .WithEndpoint(port, targetPort: 5432, name: "tcp")
            .WithAnnotation(new ContainerImageAnnotation { Registry = "docker.io", Image = Image, Tag = Tag })
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = resource.UserName;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = resource.PasswordParameter;
            });
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        return builder.ApplicationBuilder.AddResource(database);
    }

    /// <summary>Keeps the data where the server runs in a container; other servers of ours keep theirs in the data folder anyway.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
        => builder.WithAnnotation(new ContainerMountAnnotation(
            name ?? $"{builder.ApplicationBuilder.Environment.ApplicationName.ToLowerInvariant()}-{builder.Resource.Name}-data",
            "/var/lib/postgresql/data", ContainerMountType.Volume, isReadOnly));
}

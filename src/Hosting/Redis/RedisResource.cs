namespace Agents.Hosting.ApplicationModel;

public class RedisResource : ContainerResource, IResourceWithConnectionString
{
    public RedisResource(string name, ParameterResource password) : base(name)
    {
        PasswordParameter = password;
        PrimaryEndpoint = new EndpointReference(this, "tcp");
    }

    public EndpointReference PrimaryEndpoint { get; }
    public ParameterResource? PasswordParameter { get; }

    public ReferenceExpression ConnectionStringExpression => PasswordParameter is { } password
        ? ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={password}")
        : ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");

    /// <summary>A server that is there already: <c>ConnectionStrings:{name}</c> of the configuration. Nothing is started then.</summary>
    internal Func<string?> Given { get; init; } = () => null;

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        Given() is { } given ? ValueTask.FromResult<string?>(given) : ConnectionStringExpression.GetValueAsync(cancellationToken);
}

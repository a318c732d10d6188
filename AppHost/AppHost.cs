using Agents.AppHost;

if (Settings.Read(args, Repository.Root) is not { } settings)
{
    return;
}

var builder = DistributedApplication.CreateBuilder(args);
settings.ApplyTo(builder.Configuration);
var data = builder.Configuration["Engine:DataPath"] ?? settings.Data;
var publishing = builder.ExecutionContext.IsPublishMode;

// Made on the first start and kept in the data folder, unless they are given.
var adminEmail = builder.AddParameter("admin-email", settings.AdminEmail, publishValueAsDefault: true);
var adminPassword = builder.AddParameter("admin-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true);
var masterKey = builder.AddParameter("master-key", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);
var serviceKey = builder.AddParameter("service-key", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);

var deviceToken = publishing || !settings.HasLocalDevice ? null : builder.AddParameter("device-token", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true);

var postgres = builder.AddPostgres("postgres").WithDataVolume();
// Redis is what lets a service have replicas; one of each needs none.
var redis = publishing || settings.NeedsRedis ? builder.AddRedis("redis") : null;

var identity = Service<Projects.Identity>("identity", postgres.AddDatabase("identitydb"))
    .WithEnvironment("AGENTS_MASTER_KEY", masterKey)
    .WithEnvironment("AGENTS_ADMIN_EMAIL", adminEmail)
    .WithEnvironment("AGENTS_ADMIN_PASSWORD", adminPassword)
    .WithEnvironment("AGENTS_OPEN_REGISTRATION", settings.OpenRegistration ? "true" : "false");

// Everybody asks Identity for its keys and its revocations, and can start without it.
var registry = Service<Projects.Registry>("registry", postgres.AddDatabase("registrydb"))
    .WithReference(identity)
    .WithEnvironment("AGENTS_MASTER_KEY", masterKey);
var posts = Service<Projects.Posts>("posts", postgres.AddDatabase("postsdb"))
    .WithReference(identity).WithReference(registry)
    .WithEnvironment("AGENTS_MASTER_KEY", masterKey);
registry.WithReference(posts);
var realtime = Service<Projects.Realtime>("realtime", postgres.AddDatabase("realtimedb"))
    .WithReference(identity).WithReference(registry);
var scheduler = Service<Projects.Scheduler>("scheduler", postgres.AddDatabase("schedulerdb"))
    .WithReference(identity).WithReference(registry).WithReference(posts).WithReference(realtime);
posts.WithReference(scheduler);
realtime.WithReference(scheduler)
    .WithHttpEndpoint(name: "grpc", env: "AGENTS_GRPC_PORT")
    .WithEndpoint("grpc", grpc => grpc.Transport = "http2");

var gateway = builder.AddProject<Projects.Gateway>("gateway")
    // In the cloud the platform decides about the port and ends TLS; here the gateway listens itself.
    .WithEndpoint(publishing ? null : settings.Port, publishing ? 8080 : null, settings.Scheme, isProxied: publishing)
    .WithExternalHttpEndpoints()
    .WithEndpoint(publishing ? null : settings.GrpcPort, publishing ? 9090 : null, settings.Scheme, "grpc", isProxied: publishing)
    .WithEndpoint(settings.Scheme, door => door.TargetHost = settings.Address)
    .WithEndpoint("grpc", grpc => (grpc.TargetHost, grpc.Transport) = (settings.Address, "http2"))
    .WithEndpointsInEnvironment(_ => false)
    .WithHttpHealthCheck("/health", endpointName: settings.Scheme)
    .WithReference(identity).WaitFor(identity)
    .WithReference(registry).WaitFor(registry)
    .WithReference(posts).WaitFor(posts)
    .WithReference(scheduler).WaitFor(scheduler)
    .WithReference(realtime).WaitFor(realtime)
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", settings.Environment)
    .WithEnvironment("AGENTS_SERVICE_KEY", serviceKey);

var address = publishing ? "0.0.0.0" : settings.Address;
gateway
    .WithEnvironment("AGENTS_LISTEN", $"{address}:{gateway.GetEndpoint(settings.Scheme).Property(EndpointProperty.TargetPort)}")
    .WithEnvironment("AGENTS_GRPC_LISTEN", $"{address}:{gateway.GetEndpoint("grpc").Property(EndpointProperty.TargetPort)}")
    .WithEnvironment(context => settings.AddDoorTo(context.EnvironmentVariables))
    .OnResourceReady((_, _, cancellationToken) => FirstStart.TellAsync(
        data, settings.AdminEmail, adminPassword.Resource, cancellationToken));

if (deviceToken is not null)
{
    // A device from the first minute: this machine.
    registry.WithEnvironment("AGENTS_LOCAL_DEVICE_TOKEN", deviceToken);
    builder.AddProject<Projects.Daemon>("device")
        .WithArgs("daemon")
        .WaitFor(gateway)
        .WithEnvironment("CCC_CENTRAL_SERVER", gateway.GetEndpoint(settings.Scheme))
        .WithEnvironment("CCC_TOKEN", deviceToken)
        .WithEnvironment("XDG_CONFIG_HOME", Path.Combine(data, "device"))
        .WithEnvironment("XDG_STATE_HOME", Path.Combine(data, "device"));
}

builder.Build().Run();

IResourceBuilder<ProjectResource> Service<TProject>(string name, IResourceBuilder<PostgresDatabaseResource> database)
    where TProject : IProjectMetadata, new()
{
    var service = builder.AddProject<TProject>(name)
        .WithHttpEndpoint()
        .WithHttpHealthCheck("/health")
        .WithReplicas(settings.ReplicasOf(name))
        .WithReference(database).WaitFor(database)
        .WithEnvironment("ASPNETCORE_ENVIRONMENT", settings.Environment)
        .WithEnvironment("AGENTS_SERVICE_KEY", serviceKey);

    return redis is null ? service : service.WithReference(redis).WaitFor(redis);
}

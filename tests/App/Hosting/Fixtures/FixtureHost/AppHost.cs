// A small application for the tests of the engine; its options choose what is hard about it.
var builder = DistributedApplication.CreateBuilder(args);
builder.Configuration["Engine:DataPath"] = builder.Configuration["data"] ?? builder.Configuration["Engine:DataPath"];

var database = builder.Configuration["no-database"] is null ? builder.AddPostgres("postgres").AddDatabase("appdb") : null;
var redis = builder.Configuration["with-redis"] is null ? null : builder.AddRedis("redis");

var replicas = int.Parse(builder.Configuration["replicas"] ?? "1");
var back = builder.AddProject<Projects.FixtureWeb>("back")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReplicas(replicas);
if (database is not null)
{
    back.WithReference(database).WaitFor(database);
}

if (redis is not null)
{
    back.WithReference(redis).WaitFor(redis);
}

if (builder.Configuration["deaf"] is not null)
{
    back.WithEnvironment("FIXTURE_DEAF", "yes");
}

if (builder.Configuration["dies"] is { } lastWords)
{
    builder.AddProject<Projects.FixtureWeb>("mortal").WithHttpEndpoint().WithEnvironment("FIXTURE_DIES", lastWords);
}

if (builder.Configuration["unbuilt"] is { } path)
{
    builder.AddProject("unbuilt", path);
}

var port = builder.Configuration["port"] is { } text ? int.Parse(text) : (int?)null;
builder.AddProject<Projects.FixtureWeb>("front")
    .WithHttpEndpoint(port)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(back).WaitFor(back)
    .OnResourceReady((_, _, _) =>
    {
        Console.WriteLine("front was ready");
        return Task.CompletedTask;
    });

builder.Build().Run();

var builder = DistributedApplication.CreateBuilder(args);
var postgres = builder.AddPostgres("postgres");
var identity = builder.AddProject<Projects.Identity>("identity").WithHttpEndpoint().WithReference(postgres.AddDatabase("identitydb"));
builder.AddProject<Projects.Gateway>("gateway").WithHttpEndpoint().WithReference(identity).WaitFor(identity);
builder.Build().Run();

using Agents.Registry;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Data;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<RegistryDb>("registrydb");

var app = builder.Build();
app.UseServiceDefaults();
app.Run();

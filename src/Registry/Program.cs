using Agents.Registry;
using Agents.Registry.Agents;
using Agents.Registry.Bulk;
using Agents.Registry.Changes;
using Agents.Registry.Configs;
using Agents.Registry.Devices;
using Agents.Registry.Enrolment;
using Agents.Registry.Fleet;
using Agents.Registry.Metrics;
using Agents.Registry.Overrides;
using Agents.Registry.Presence;
using Agents.Registry.Secrets;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Posts;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<RegistryDb>("registrydb");
builder.AddEnrolment();
builder.AddDevices();
builder.AddKnownPosts();
builder.AddAgents();
builder.AddBulk();
builder.AddPresence();
builder.AddChanges();
builder.AddMetrics();

var app = builder.Build();
app.UseServiceDefaults();

var api = app.MapApi();
api.MapEnrolment();
api.MapDevices();
api.MapAgents();
api.MapMetrics();

app.MapInternalDevices();
app.MapInternalAgents();
app.MapInternalBulk();
app.MapInternalOverrides();
app.MapInternalConfigs();
app.MapInternalSecrets();
app.MapInternalPresence();
app.MapInternalChanges();
app.MapInternalFleet();
app.MapInternalMetrics();
app.Run();

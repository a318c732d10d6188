using Agents.Contracts.Scheduler;
using Agents.Posts;
using Agents.Posts.Changes;
using Agents.Posts.Configs;
using Agents.Posts.Files;
using Agents.Posts.Gallery;
using Agents.Posts.Posts;
using Agents.Posts.Rollouts;
using Agents.Posts.Secrets;
using Agents.Posts.Staff;
using Agents.Posts.Versions;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Clients;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<PostsDb>("postsdb");
builder.AddDeviceCredentials();
builder.AddServiceClient<ISchedulerInternal>("scheduler");
builder.AddChanges();
builder.DescribeParts();
builder.AddSecrets();
builder.Services.AddScoped<PostChanges>();
builder.Services.AddScoped<AgentConfigs>();
builder.AddRollouts();

var app = builder.Build();
app.UseServiceDefaults();

var api = app.MapApi();
api.MapPosts();
api.MapVersions();
api.MapStaff();
api.MapDrift();
api.MapRollouts();
api.MapConfigs();
api.MapFiles();
api.MapGallery();
api.MapPostSecrets();
api.MapAgentSecrets();
api.MapTaskSecrets();

app.MapInternalChanges();
app.MapInternalConfigs();
app.Run();

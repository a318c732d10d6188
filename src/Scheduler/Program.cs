using Agents.Scheduler;
using Agents.Scheduler.Artifacts;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Events;
using Agents.Scheduler.Tasks;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<SchedulerDb>("schedulerdb");
builder.AddDeviceCredentials();
builder.AddTasks();
builder.AddEvents();
builder.AddAttempts();
builder.AddDispatch();
builder.AddArtifacts();

var app = builder.Build();
app.UseServiceDefaults();

var api = app.MapApi();
api.MapSubmits();
api.MapTasks();
api.MapEvents();
api.MapArtifacts();

app.MapInternalSubmits();
app.MapInternalWords();
app.MapInternalEvents();
app.Run();

using Agents.Scheduler;
using Agents.Scheduler.Attempts;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Events;
using Agents.Scheduler.Groups;
using Agents.Scheduler.Moving;
using Agents.Scheduler.Reports;
using Agents.Scheduler.Schedules;
using Agents.Scheduler.Sessions;
using Agents.Scheduler.Tasks;
using Agents.Scheduler.Upkeep;
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
builder.AddMoving();
builder.AddGroups();
builder.AddUpkeep();
builder.AddSchedules();
builder.AddSessions();
builder.AddReports();

var app = builder.Build();
app.UseServiceDefaults();

var api = app.MapApi();
api.MapSubmits();
api.MapTasks();
api.MapMoves();
api.MapGroups();
api.MapEvents();
api.MapSchedules();
api.MapSessions();
api.MapReports();

app.MapInternalSubmits();
app.MapInternalWords();
app.MapInternalEvents();
app.Run();

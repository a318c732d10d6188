using Agents.Scheduler;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Data;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<SchedulerDb>("schedulerdb");

var app = builder.Build();
app.UseServiceDefaults();
app.Run();

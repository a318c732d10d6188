using Agents.Realtime;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Data;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<RealtimeDb>("realtimedb");

var app = builder.Build();
app.UseServiceDefaults();
app.Run();

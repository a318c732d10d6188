using Agents.Realtime;
using Agents.Realtime.Backplane;
using Agents.Realtime.Grpc;
using Agents.Realtime.Hub;
using Agents.Realtime.Listening;
using Agents.Realtime.Sockets;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Data;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<RealtimeDb>("realtimedb");
builder.AddListening();
builder.AddBackplane();
builder.AddPresence();
builder.AddSignatures();
builder.AddHub();
builder.AddSockets();
builder.AddGrpc();

var app = builder.Build();
app.UseWebSockets();
app.UseRouting();
app.UseServiceDefaults();
app.MapSockets();
app.MapGrpc();
app.Run();

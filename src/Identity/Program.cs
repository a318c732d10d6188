using Agents.Identity;
using Agents.Identity.Keys;
using Agents.Identity.Preferences;
using Agents.Identity.Sessions;
using Agents.Identity.Tickets;
using Agents.Identity.Tokens;
using Agents.Identity.Users;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Envelopes;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<IdentityDb>("identitydb");
builder.AddTokens();
builder.AddUsers();
builder.AddSessions();

var app = builder.Build();
app.UseServiceDefaults();
app.MapTokens();

var api = app.MapApi();
api.MapSessions();
api.MapUserSessions();
api.MapPassword();
api.MapUsers();
api.MapKeys();
api.MapTickets();
api.MapPreferences();

app.MapInternalKeys();
app.MapInternalTickets();
app.MapInternalUsers();
app.Run();

using Agents.Gateway;
using Agents.Gateway.Documents;
using Agents.Gateway.Edge;
using Agents.Gateway.Forwarded;
using Agents.Gateway.Limits;
using Agents.Gateway.Listening;
using Agents.Gateway.Overview;
using Agents.Gateway.Routes;
using Agents.Gateway.SignIns;
using Agents.Gateway.Statics;
using Agents.ServiceDefaults;

return await Door.OpenAsync(args, static builder =>
{
    builder.AddServiceDefaults();
    builder.AddListening();
    builder.AddForwarded();
    builder.AddLimits();
    builder.AddSignIns();
    builder.AddEdge();
    builder.AddRoutes();
    builder.AddDocuments();
    builder.AddOverview();
    builder.AddSite();
}, static app =>
{
    app.UseDoor();
    app.MapDocuments();
    app.MapOverview();
    app.MapRoutes();
    app.MapSite();
});

using Agents.Posts;
using Agents.ServiceDefaults;
using Agents.ServiceDefaults.Data;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddServiceDb<PostsDb>("postsdb");

var app = builder.Build();
app.UseServiceDefaults();
app.Run();

using Agents.Migrations;
using Microsoft.Extensions.Hosting;

// `dotnet ef` runs this as far as Build() and takes the contexts out of it. Nothing here connects to a database.
var builder = Host.CreateApplicationBuilder(args);
foreach (var service in (string[])["Identity", "Registry", "Posts", "Scheduler", "Realtime"])
{
    builder.Services.AddContextsOf($"Agents.{service}");
}

builder.Build();

Console.WriteLine("""
    Nothing to run here. To add a migration to a service:
      dotnet tool restore
      dotnet ef migrations add <Name> --project src/<Service> --startup-project tools/Migrations
    """);

using System.Reflection;
using Agents.Hosting.ApplicationModel;
using Agents.Hosting.Engine;
using Agents.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Agents.Hosting;

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly EntryPointRun? _entryPoint = EntryPointRun.Current;

    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        AppHostAssembly = _entryPoint?.Assembly
            ?? (options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly());
        AppHostDirectory = Path.GetFullPath(AppHostMetadata("apphostprojectpath") ?? Directory.GetCurrentDirectory());

        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ApplicationName = AppHostAssembly?.GetName().Name,
            ContentRootPath = AppHostDirectory
        });
        Configuration.AddInMemoryCollection([new(EngineOptions.DataPathKey, Path.Combine(AppHostDirectory, "..", ".data"))]);
        Configuration.AddEnvironmentVariables();
        Configuration.AddInMemoryCollection(_entryPoint?.Configuration ?? []);

        var commandLine = CommandLine.Parse(options.Args ?? []);
        Configuration.AddInMemoryCollection(commandLine);
        ExecutionContext = commandLine.TryGetValue("publisher", out var publisher)
            ? new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish, publisher ?? "")
            : new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run);
    }

    public ConfigurationManager Configuration => _host.Configuration;
    public string AppHostDirectory { get; }
    public Assembly? AppHostAssembly { get; }
    public IHostEnvironment Environment => _host.Environment;
    public IServiceCollection Services => _host.Services;
    public DistributedApplicationExecutionContext ExecutionContext { get; }
    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
        => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _entryPoint?.Building(this);

        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddEngine(Configuration, isTest: _entryPoint is not null);

        var app = new DistributedApplication(_host.Build(), _entryPoint);
        _entryPoint?.Built(app);
        return app;
    }

    private string? AppHostMetadata(string key) => AppHostAssembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;
}

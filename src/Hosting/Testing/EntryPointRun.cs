using System.Reflection;

namespace Agents.Hosting.Testing;

/// <summary>
/// Runs an app host's entry point inside a test. The entry point's own <c>Build()</c> stands still until the test has
/// seen the builder, and its <c>Run()</c> until the test is done with the application.
/// </summary>
internal sealed class EntryPointRun(Assembly assembly, string[] args, Dictionary<string, string?> configuration) : IDisposable
{
    private static readonly AsyncLocal<EntryPointRun?> CurrentRun = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _app = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static EntryPointRun? Current => CurrentRun.Value;

    public Assembly Assembly { get; } = assembly;
    public Dictionary<string, string?> Configuration { get; } = configuration;
    public Task Disposed => _disposed.Task;

    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Invoke) { IsBackground = true, Name = $"entry point of {Assembly.GetName().Name}" }.Start();
        return _builder.Task.WaitAsync(cancellationToken);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult();
        return _app.Task.WaitAsync(cancellationToken);
    }

    public void Building(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public void Built(DistributedApplication app) => _app.TrySetResult(app);

    public void Dispose()
    {
        _mayBuild.TrySetException(new ObjectDisposedException(nameof(EntryPointRun)));
        _disposed.TrySetResult();
    }

    private void Invoke()
    {
        CurrentRun.Value = this;
        var exitCode = Environment.ExitCode;
        try
        {
            var main = Assembly.EntryPoint ?? throw new InvalidOperationException($"{Assembly.GetName().Name} has no entry point.");
            main.Invoke(null, main.GetParameters().Length == 0 ? null : [args]);
            Fail(new InvalidOperationException($"The entry point of {Assembly.GetName().Name} ended before it built an application."));
        }
        catch (Exception e)
        {
            Fail(e is TargetInvocationException { InnerException: { } inner } ? inner : e);
        }
        finally
        {
            // What the app host thinks of its settings is no verdict on the test run.
            Environment.ExitCode = exitCode;
        }
    }

    private void Fail(Exception e)
    {
        _builder.TrySetException(e);
        _app.TrySetException(e);
    }
}

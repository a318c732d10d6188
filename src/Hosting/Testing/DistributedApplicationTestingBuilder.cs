namespace Agents.Hosting.Testing;

public static class DistributedApplicationTestingBuilder
{
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => CreateAsync(typeof(TEntryPoint), [], cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Runs the entry point up to <c>Build()</c>. Ports are free ones and the data folder is its own, gone at the end.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, CancellationToken cancellationToken = default)
    {
        var run = new EntryPointRun(entryPoint.Assembly, args, new Dictionary<string, string?>
        {
            ["Engine:DataPath"] = Path.Combine(AppContext.BaseDirectory, "data", Path.GetRandomFileName()),
            ["Engine:RandomizePorts"] = "true",
            ["Engine:RemoveData"] = "true"
        });
        return new TestingBuilder(await run.StartAsync(cancellationToken), run);
    }
}

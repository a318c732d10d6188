using Agents.Hosting.Engine;

namespace Agents.Tests.App.Hosting;

/// <summary>A data folder of one test, under the folders that git ignores; gone at the end, with what lies elsewhere for it.</summary>
internal sealed class DataPath : IDisposable
{
    public string Path { get; init; } = System.IO.Path.Combine(AppContext.BaseDirectory, "data", System.IO.Path.GetRandomFileName());

    public string PostgresHome =>
        new[] { System.IO.Path.Combine(Path, "postgres"), PostgresCluster.OutsideOf(Path) }.First(Directory.Exists);

    public void Dispose()
    {
        foreach (var folder in new[] { Path, PostgresCluster.OutsideOf(Path) }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

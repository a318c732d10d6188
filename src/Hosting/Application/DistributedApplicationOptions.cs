namespace Agents.Hosting;

public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The app host's assembly, where it is not the entry assembly of the process.</summary>
    public string? AssemblyName { get; set; }
}

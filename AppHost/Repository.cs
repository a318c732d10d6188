namespace Agents.AppHost;

internal static class Repository
{
    /// <summary>Where configs/ and .data/ lie: the folder above the app host's own.</summary>
    public static string Root => Path.GetDirectoryName(Projects.AppHost.ProjectPath.TrimEnd('/', '\\'))!;
}

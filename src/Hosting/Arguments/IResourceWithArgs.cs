namespace Agents.Hosting.ApplicationModel;

public interface IResourceWithArgs : IResource;

/// <summary>What a program is started with.</summary>
internal sealed record ArgumentsAnnotation(IReadOnlyList<string> Arguments) : IResourceAnnotation
{
    public static string[] Of(IResource resource) => [.. resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(a => a.Arguments)];
}

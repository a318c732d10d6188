using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs
        => builder.WithAnnotation(new ArgumentsAnnotation(args));
}

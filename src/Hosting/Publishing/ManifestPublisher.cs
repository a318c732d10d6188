using Agents.Hosting.ApplicationModel;

namespace Agents.Hosting.Publishing;

internal static class ManifestPublisher
{
    public static Task PublishAsync(DistributedApplicationModel model, string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{path} is not written: {model.Resources.Count} resources, {cancellationToken.CanBeCanceled}.");
}

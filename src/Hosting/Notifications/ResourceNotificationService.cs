using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agents.Hosting.ApplicationModel;

/// <summary>The state of every resource, and who waits for which.</summary>
public class ResourceNotificationService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];

    internal ResourceNotificationService()
    {
    }

    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A watcher that reads slower than resources change state 1,000 times loses the oldest of what it has not read.
        var channel = Channel.CreateBounded<ResourceEvent>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            foreach (var known in _current.Values)
            {
                channel.Writer.TryWrite(known);
            }

            _watchers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel);
            }
        }
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
        {
            if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException($"The state of '{resourceName}' is no longer told.", cancellationToken);
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, change => change.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    /// <exception cref="DistributedApplicationException">The resource can never become healthy; the message says why.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var change = await WaitForResourceAsync(resourceName, IsSettled, cancellationToken);
        return change.Snapshot.State?.Text == KnownResourceStates.FailedToStart
            ? throw new DistributedApplicationException($"'{resourceName}' failed to start: {change.Snapshot.Failure}")
            : change;

        static bool IsSettled(ResourceEvent change) => change.ResourceId == change.Resource.Name
            && (change.Snapshot.HealthStatus == HealthStatus.Healthy || change.Snapshot.State?.Text == KnownResourceStates.FailedToStart);
    }

    internal void Publish(ResourceEvent change)
    {
        lock (_lock)
        {
            _current[change.ResourceId] = change;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(change);
            }
        }
    }

    internal void Close()
    {
        lock (_lock)
        {
            _watchers.ForEach(w => w.Writer.TryComplete());
        }
    }
}

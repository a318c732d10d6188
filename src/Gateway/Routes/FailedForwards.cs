using Yarp.ReverseProxy.Forwarder;

namespace Agents.Gateway.Routes;

/// <summary>Says in one line that a service failed a request; the proxy itself would write a page for each, its query included.</summary>
internal sealed partial class FailedForwards(ILogger<FailedForwards> log)
{
    public async Task WatchAsync(HttpContext context, Func<Task> next)
    {
        await next();
        if (context.GetForwarderErrorFeature() is not { } failure || IsClients(failure.Error) || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var cluster = context.GetReverseProxyFeature().Cluster.Config.ClusterId;
        Log.Failed(log, cluster, failure.Error, failure.Exception?.Message ?? "no replica");
    }

    /// <summary>Too large a body, or a client that went away, is no failure of ours.</summary>
    private static bool IsClients(ForwarderError error) => error is
        ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled or ForwarderError.RequestCanceled or ForwarderError.ResponseBodyClient
        or ForwarderError.ResponseBodyCanceled or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeRequestCanceled
        or ForwarderError.UpgradeResponseClient or ForwarderError.UpgradeResponseCanceled;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A request to {Service} failed ({Error}): {Reason}")]
        public static partial void Failed(ILogger log, string service, ForwarderError error, string reason);
    }
}

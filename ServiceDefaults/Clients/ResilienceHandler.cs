using System.Collections.Concurrent;
using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Agents.ServiceDefaults.Clients;

/// <summary>
/// Retries what may be repeated and gives a service that is down a rest. One pipeline per service for the whole
/// process, because a circuit that every client kept for itself would never open.
/// </summary>
internal sealed class ResilienceHandler(string service) : DelegatingHandler
{
    private static readonly ConcurrentDictionary<string, ResiliencePipeline<HttpResponseMessage>> Pipelines = new();

    private static readonly ResiliencePropertyKey<bool> Repeatable = new("repeatable");

    /// <summary>Set on a request that is safe to repeat although its method does not say so.</summary>
    public static readonly HttpRequestOptionsKey<bool> MayRepeat = new("agents.may-repeat");

    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = Pipelines.GetOrAdd(service, _ => Build());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Repeatable, IsRepeatable(request));
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, state) => await state.handler.SendOnceAsync(state.request, context.CancellationToken),
                context,
                (handler: this, request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(request, cancellationToken);

    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head
        || (request.Options.TryGetValue(MayRepeat, out var may) && may);

    private static ResiliencePipeline<HttpResponseMessage> Build() => new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(100),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = static attempt => ValueTask.FromResult(ShouldRepeat(attempt)),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            FailureRatio = 0.9,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(5),
            BreakDuration = TimeSpan.FromSeconds(1),
            ShouldHandle = static attempt => ValueTask.FromResult(IsDown(attempt.Outcome)),
        })
        .Build();

    /// <summary>A connection that was refused carried nothing, so even a POST may try again.</summary>
    private static bool ShouldRepeat(RetryPredicateArguments<HttpResponseMessage> attempt) =>
        attempt.Outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
        || (IsDown(attempt.Outcome) && attempt.Context.Properties.GetValue(Repeatable, false));

    private static bool IsDown(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException
        || outcome.Result?.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}

using Agents.Scheduler.Dispatch;

namespace Agents.Scheduler.ByHttp;

/// <summary>Asks the replica that leads, which may be this one.</summary>
internal sealed class Asking(Asks asks, Leadership leadership, IServiceProvider services)
{
    /// <summary>Only where there are replicas.</summary>
    private readonly Lazy<Colleagues?> _colleagues = new(services.GetService<Colleagues>);

    /// <summary>Null: it is not known, or there is nobody to ask.</summary>
    public Task<Fit?> AskAsync(Ask ask, CancellationToken cancellationToken) =>
        leadership.Leads ? asks.AskAsync(ask, cancellationToken) : _colleagues.Value?.AskAsync(ask, cancellationToken) ?? Task.FromResult<Fit?>(null);
}

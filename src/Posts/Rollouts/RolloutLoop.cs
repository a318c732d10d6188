using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Rollouts;

/// <summary>Each second a turn of every roll-out that is under way. One that can't be counted just now is counted next time.</summary>
internal sealed partial class RolloutLoop(IServiceScopeFactory scopes, TimeProvider time, ILogger<RolloutLoop> log)
    : Periodic(TimeSpan.FromSeconds(1), time, log)
{
    private static readonly TimeSpan TurnLimit = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _failing = [];

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await RunningAsync(cancellationToken))
        {
            try
            {
                while (await TurnAsync(id, cancellationToken))
                {
                }

                _failing.Remove(id);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (_failing.Add(id))
                {
                    Log.TurnFailed(log, id, e.Message);
                }
            }
        }
    }

    private async Task<List<string>> RunningAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PostsDb>();
        return await db.Rollouts.Where(r => r.State == RolloutState.Running).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> TurnAsync(string id, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TurnLimit);
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RolloutTurn>().TakeAsync(id, limit.Token);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Roll-out {Rollout} can't be counted just now; it waits: {Reason}")]
        public static partial void TurnFailed(ILogger log, string rollout, string reason);
    }
}

using Agents.Contracts.Posts;
using Agents.Contracts.Realtime;

namespace Agents.Realtime.Configs;

/// <summary>
/// Tells devices what their agents are: when they connect, and whenever it changes. One after the other, so that the newest is
/// what a device hears last.
/// </summary>
internal sealed partial class ConfigPush(ConfigQueue queue, IPostsInternal posts, TimeProvider time, ILogger<ConfigPush> log) : BackgroundService
{
    private const int MostAtOnce = 200;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseForReaders = TimeSpan.FromMilliseconds(200);

    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            IReadOnlyList<string> agents = [];
            var pause = TimeSpan.Zero;
            try
            {
                agents = await queue.TakeAsync(MostAtOnce, stoppingToken);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                limit.CancelAfter(AnswerLimit);
                agents = agents.Count == 0 ? [] : Tell((await posts.GetConfigsAsync(new(agents), limit.Token)).Items);
                pause = agents.Count > 0 ? PauseForReaders : TimeSpan.Zero;
                _failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing)
                {
                    Log.NotTold(log, e.Message);
                }

                (_failing, pause) = (true, PauseAfterFailure);
            }

            queue.Put(agents);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Those whose holder still reads what came before: they are asked for anew, for by then it may be another.</returns>
    private List<string> Tell(IReadOnlyList<AgentConfigTold> configs)
    {
        List<string> later = [];
        foreach (var config in configs)
        {
            foreach (var holder in queue.HoldersOf(config.AgentId))
            {
                if (holder.HasRoom)
                {
                    holder.Send(config);
                }
                else
                {
                    later.Add(config.AgentId);
                }
            }
        }

        return later;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What agents are to be can't be read; their devices go on with what they know: {Reason}")]
        public static partial void NotTold(ILogger log, string reason);
    }
}

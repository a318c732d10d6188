using Agents.Contracts;
using Agents.Contracts.Realtime;
using Agents.Realtime.Hub;

namespace Agents.Realtime.Work;

/// <summary>Shows who comes back with the last event that he has seen all since.</summary>
internal sealed partial class EventReplay(TaskEventReader reader, TimeProvider time, ILogger<EventReplay> log)
{
    private const int MostShown = 10_000;

    private static readonly TimeSpan RoomLimit = TimeSpan.FromSeconds(25);

    /// <param name="watch">From then on he is shown what happens; what lies between is asked for once more, so that nothing falls there.</param>
    public async Task ShowAsync(Connection connection, PersonPeer person, string last, Action watch)
    {
        try
        {
            var shown = 0;
            for (var isCaughtUp = false; ;)
            {
                var page = await reader.AskAsync(last, 0, CancellationToken.None);
                shown += connection.Show(person, page.Items);
                last = page.Cursor;
                if (shown > MostShown)
                {
                    connection.Send(new ErrorPayload((int)ErrorCode.Clash, "Too much has happened since: load the list anew."));
                    watch();
                    return;
                }

                if (page.Items.Count == 0)
                {
                    if (isCaughtUp)
                    {
                        return;
                    }

                    isCaughtUp = true;
                    watch();
                }

                using var limit = new CancellationTokenSource(RoomLimit, time);
                await connection.RoomAsync(limit.Token);
            }
        }
        catch (Exception e)
        {
            connection.Send(new ErrorPayload((int)ErrorCode.Clash, "What has happened since that event can't be told: load the list anew."));
            watch();
            Log.NotShown(log, connection.Peer.Key, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Peer} could not be shown what happened since: {Reason}")]
        public static partial void NotShown(ILogger log, string peer, string reason);
    }
}

using Agents.Contracts.Realtime;

namespace Agents.Realtime.Groups.Delivery;

/// <content>Readers that have missed something, each read to by itself.</content>
internal sealed partial class Room
{
    private static readonly TimeSpan RoomLimit = TimeSpan.FromMinutes(1);

    /// <summary>As fast as it reads.</summary>
    private async Task CatchUpAsync(Reader reader)
    {
        try
        {
            while (!stopping.IsCancellationRequested && !reader.Connection.IsClosing)
            {
                using (var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping))
                {
                    limit.CancelAfter(RoomLimit);
                    await reader.Connection.RoomAsync(limit.Token);
                }

                var missed = await page(groupId, reader.At, stopping);
                lock (_gate)
                {
                    if (!_readers.TryGetValue(reader.Connection.Id, out var here) || here != reader)
                    {
                        return;
                    }

                    foreach (var entry in missed.TakeWhile(_ => reader.Connection.HasRoom))
                    {
                        reader.Send(entry, reader.Connection.Dialect.Encode(entry));
                    }

                    if (reader.At >= _head)
                    {
                        reader.IsLive = true;
                        return;
                    }

                    if (missed is [])
                    {
                        throw new InvalidOperationException($"The log of {groupId} ends at {reader.At}, and was sent up to {_head}.");
                    }
                }
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // It comes again, and goes on where it has acknowledged.
            Log.NotCaughtUp(logger, reader.Connection.Peer.Key, groupId, e.Message);
            reader.Connection.Close(CloseCode.ComeAgain, "connect again");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Peer} could not be sent what it has missed in group {Group}, and is to connect again: {Reason}")]
        public static partial void NotCaughtUp(ILogger log, string peer, string group, string reason);
    }
}

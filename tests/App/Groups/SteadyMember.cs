using System.Collections.Concurrent;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;

namespace Agents.Tests.App.Groups;

/// <summary>An agent that reads a group, comes back whenever it is cut, and acknowledges what it has read now and then.</summary>
internal sealed class SteadyMember(Uri gateway, string agent, string token, string group) : IAsyncDisposable
{
    private const int AckEach = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<long, string> _read = new();
    private Task _living = Task.CompletedTask;

    /// <summary>By number, the message.</summary>
    public IReadOnlyDictionary<long, string> Read => _read;

    /// <summary>What it saw that may not be: another message under a number, or a number that came before a smaller one on one connection.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public int Came { get; private set; }

    public static SteadyMember Start(Uri gateway, string agent, string token, string group)
    {
        var member = new SteadyMember(gateway, agent, token, group);
        member._living = Task.Run(member.LiveAsync);
        return member;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _living.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task LiveAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await using var socket = await (await HubClient.OpenAsync(gateway, $"/ws?role=agent&agent_id={agent}&agent_token={token}")).JoinedAsync();
                Came++;
                await ReadAsync(socket);
            }
            catch (Exception) when (!_ended.IsCancellationRequested)
            {
                // Cut off, or not let in just now.
                await Task.Delay(Pause, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ReadAsync(HubClient socket)
    {
        var last = 0L;
        while (!_ended.IsCancellationRequested)
        {
            var message = await socket.NextAsync(FrameType.GroupMessage, limit: TimeSpan.FromMinutes(1));
            var (seq, id) = (message.Seq(), message.GetProperty("id").GetString()!);
            if (_read.GetOrAdd(seq, id) != id)
            {
                Faults.Enqueue($"{seq} is {_read[seq]} and {id}");
            }

            if (last > 0 && seq != last + 1)
            {
                Faults.Enqueue($"{seq} came after {last}");
            }

            last = seq;
            if (seq % AckEach == 0)
            {
                await socket.AckAsync(group, seq);
            }
        }
    }
}

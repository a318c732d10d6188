using System.Net.WebSockets;
using Agents.Contracts.Realtime;
using Agents.Tests.App.Realtime;

namespace Agents.Tests.App.Work.Model;

/// <summary>Who has a socket over which tasks come, and what it remembers. It does nothing by itself: the steps have it say things.</summary>
/// <param name="names">It says what it works on; else it says something of each piece now and then, as old agents do.</param>
internal sealed class ModelHolder(string name, IReadOnlyList<ModelAgent> agents, int concurrency, bool names, Func<Task<HubClient>> open) : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _away = [];
    private readonly List<DateTimeOffset> _said = [];
    private HubClient? _socket;
    private DateTimeOffset? _cutAt;

    public string Name => name;

    public List<ModelAgent> Agents { get; } = [.. agents];

    public int Concurrency => concurrency;

    public bool Names => names;

    public List<Piece> Pieces { get; } = [];

    public bool IsHere => _socket is { Closed.IsCompleted: false };

    public string? DeviceId { get; init; }

    public bool IsDraining { get; private set; }

    /// <summary>It is connected, and says nothing.</summary>
    public bool IsMute { get; set; }

    public bool Speaks => IsHere && !IsMute;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Its connection was not there for all of that time.</summary>
    public bool WasAway(DateTimeOffset from, DateTimeOffset to) =>
        _away.Exists(away => away.From <= to && away.To + Usual >= from) || _cutAt <= to;

    /// <summary>Nothing was heard of it for about a lease; or it has come back, never names its work, and has said nothing of this.</summary>
    public bool WasSilent(Piece piece, DateTimeOffset at) =>
        at - _said.LastOrDefault(said => said <= at) >= HastyApp.Lease * 0.6
        || (!names && piece.AcceptedAt is { } accepted && WasAway(accepted, at));

    public async Task<bool> ComeAsync()
    {
        try
        {
            _socket = await open();
        }
        catch (Exception e) when (Unreachable.Is(e))
        {
            return false;
        }

        if (_cutAt is { } cut)
        {
            _away.Add((cut, Now));
            _cutAt = null;
        }

        return true;
    }

    public async Task CutAsync()
    {
        if (_socket is { } socket)
        {
            _socket = null;
            _cutAt ??= Now;
            await socket.DisposeAsync();
        }
    }

    /// <summary>What has come since the last time.</summary>
    public async Task<IReadOnlyList<Frame>> TakeAsync()
    {
        var frames = _socket?.Waiting() ?? [];
        if (_socket is { Closed.IsCompleted: true })
        {
            await CutAsync();
        }

        return frames;
    }

    public bool IsBeatDue => Speaks && (_said.Count == 0 || Now - _said[^1] > Beat);

    /// <summary>That it lives, and what it works on.</summary>
    public async Task BeatAsync()
    {
        if (!names)
        {
            foreach (var piece in Pieces.Where(piece => piece.Stage is PieceStage.Working).ToList())
            {
                await SayAsync(FrameType.TaskProgress, new { task_id = piece.Task.Id, attempt = piece.Attempt, seq = ++piece.Seq, kind = "text", data = ProgressRule.Mark(piece.Seq) });
            }

            return;
        }

        var running = Pieces.Where(piece => piece.Stage is PieceStage.Working or PieceStage.Reported).ToList();
        Pieces.Except(running).ToList().ForEach(piece => piece.NotNamed(Now));
        running.ForEach(piece => piece.Name(Now));
        await SayAsync(FrameType.Heartbeat, new { running = running.Select(piece => new { task_id = piece.Task.Id, attempt = piece.Attempt }) });
    }

    /// <summary>False where it could not be said.</summary>
    public async Task<bool> SayAsync(string type, object payload)
    {
        try
        {
            if (_socket is not { } socket)
            {
                return false;
            }

            _said.Add(Now);
            await socket.SendAsync(type, payload);
            return true;
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or TimeoutException)
        {
            await CutAsync();
            return false;
        }
    }

    /// <summary>Or the other way round, where it takes nothing more.</summary>
    public void Drain(DateTimeOffset at)
    {
        IsDraining = !IsDraining;
        foreach (var drains in Agents.Select(agent => agent.Drains))
        {
            if (IsDraining)
            {
                drains.Add((at, DateTimeOffset.MaxValue));
            }
            else if (drains.Count > 0)
            {
                drains[^1] = (drains[^1].From, at);
            }
        }
    }

    public Task<bool> ReportAsync(Piece piece, Report report)
    {
        piece.Report(report, Now);
        return report.IsResult
            ? SayAsync(FrameType.TaskResult, new { task_id = piece.Task.Id, attempt = piece.Attempt, result = new { text = report.Text } })
            : SayAsync(FrameType.TaskError, new { task_id = piece.Task.Id, attempt = piece.Attempt, error = report.Text, kind = report.Kind, retryable = report.Retryable });
    }

    public async Task ResendAsync(TimeSpan olderThan)
    {
        foreach (var piece in Pieces.Where(piece => piece.Stage is PieceStage.Reported && Now - piece.ReportedAt >= olderThan).ToList())
        {
            await ReportAsync(piece, piece.Reports[0]);
        }
    }

    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? ValueTask.CompletedTask;
}

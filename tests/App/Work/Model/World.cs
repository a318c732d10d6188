using System.Diagnostics;
using System.Text.Json;
using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Tests.App.Whole;

namespace Agents.Tests.App.Work.Model;

/// <summary>Who takes part in a run, and what they have been told; with it goes the model of each task.</summary>
internal sealed class World(AgentsApp app, int seed) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OutageLimit = TimeSpan.FromSeconds(40);

    private readonly List<(ModelHolder Holder, Frame Frame)> _early = [];

    public AgentsApp App => app;

    /// <summary>All tasks of this run have it.</summary>
    public string Type { get; } = $"model-{seed}-{Guid.NewGuid():N}"[..40];

    public Random Random { get; } = new(seed);

    public Story Story { get; } = new(seed);

    public Outages Outages { get; } = new();

    public List<ModelUser> Users { get; } = [];

    public List<ModelHolder> Holders { get; } = [];

    public List<ModelTask> Tasks { get; } = [];

    /// <summary>Attempts that were canceled at their holder, and had not come to it.</summary>
    public List<(ModelTask Task, int Attempt, ModelHolder Holder)> Stopped { get; } = [];

    public Dictionary<(ModelUser, string), ModelTask> Keys { get; } = [];

    public Watcher Watcher { get; set; } = null!;

    /// <summary>A part was killed, and may not be back yet: on a machine that has much to do that takes its time.</summary>
    private bool IsAway => Outages.Touch(Now - OutageLimit, Now);

    public ModelUser Admin => Users[0];

    public IEnumerable<Piece> Pieces => Holders.SelectMany(holder => holder.Pieces);

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public T Any<T>(IReadOnlyList<T> from) => from[Random.Next(from.Count)];

    /// <summary>What came to whom is taken, and who is due says that he lives.</summary>
    public async Task LookAsync()
    {
        var early = _early.ToList();
        _early.Clear();
        early.ForEach(came => Take(came.Holder, came.Frame));
        foreach (var holder in Holders)
        {
            foreach (var frame in await holder.TakeAsync())
            {
                Take(holder, frame);
            }

            if (holder.IsBeatDue)
            {
                await holder.BeatAsync();
            }
        }

        await Watcher.TakeAsync();
    }

    /// <summary>Looks on until it is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isTrue, TimeSpan limit, Func<(ModelTask?, string)> otherwise)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            await LookAsync();
            if (await isTrue())
            {
                return;
            }

            if (watch.Elapsed > limit)
            {
                var (task, what) = otherwise();
                throw Story.Wrong(task, what);
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Until the server is there to answer.</summary>
    public async Task<(Answer Answer, bool Again)> AskAsync(Func<Task<Answer>> call)
    {
        Answer? answer = null;
        var tries = 0;
        await UntilAsync(
            async () =>
            {
                try
                {
                    tries++;
                    answer = await call().WaitAsync(CallLimit);
                    return answer.Status < 500 ? true : IsAway ? false : throw Story.Wrong(null, $"answered {answer}");
                }
                catch (Exception e) when (Unreachable.Is(e) && IsAway)
                {
                    return false;
                }
            },
            OutageLimit,
            () => (null, $"is not answered, but: {answer}"));
        return (answer!, tries > 1);
    }

    public async Task<JsonElement> GetAsync(ModelUser user, string path)
    {
        var (answer, _) = await AskAsync(() => user.Api.GetAsync(path));
        return answer.Status == 200 ? answer.Data : throw Story.Wrong(null, $"{path} answered {answer}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var holder in Holders)
        {
            await holder.DisposeAsync();
        }

        await Watcher.DisposeAsync();
    }

    private void Take(ModelHolder holder, Frame frame)
    {
        if (frame.Type is not (FrameType.TaskSubmit or FrameType.TaskAck or FrameType.TaskCancel))
        {
            return;
        }

        var (id, attempt) = (frame.Payload.GetProperty("task_id").GetString()!, frame.Payload.GetProperty("attempt").GetInt32());
        if (Tasks.Find(task => task.Id == id) is not { } task)
        {
            // Its submit is not answered yet.
            _early.Add((holder, frame));
            return;
        }

        var piece = task.Pieces.GetValueOrDefault(attempt);
        if (frame.Type == FrameType.TaskSubmit)
        {
            Offer(holder, task, attempt, piece, frame.Payload.GetProperty("agent_id").GetString()!);
        }
        else if (piece is null && frame.Type == FrameType.TaskCancel)
        {
            // Its delivery was lost on the way, and nobody knows that: whoever comes back is told, also much later.
            Story.Tell(task, $"{holder.Name} is told to stop attempt {attempt}, which never reached it");
            Stopped.Add((task, attempt, holder));
        }
        else if (piece?.Holder != holder)
        {
            throw Story.Wrong(task, $"{holder.Name} is told {frame.Type} of attempt {attempt}, which it never had: {frame.Payload}");
        }
        else if (frame.Type == FrameType.TaskCancel)
        {
            Story.Tell(task, $"{piece} is told to stop");
            piece.Cancel(Now);
        }
        else
        {
            Acknowledge(piece, JsonSerializer.Deserialize<TaskAck>(frame.Payload, Contracts.WireJson.Options)!);
        }
    }

    private void Offer(ModelHolder holder, ModelTask task, int attempt, Piece? piece, string agentId)
    {
        Story.Tell(task, $"attempt {attempt} is given to {holder.Name}");
        if (Stopped.Exists(stopped => stopped.Task == task && stopped.Attempt == attempt))
        {
            throw Story.Wrong(task, $"attempt {attempt} is given to {holder.Name}, which was told to stop it before");
        }

        if (piece is not null || holder.Agents.Find(agent => agent.Id == agentId) is not { } agent)
        {
            throw Story.Wrong(task, $"attempt {attempt} is given to {agentId} of {holder.Name}, and was to {piece}");
        }

        piece = new(task, attempt, agent, holder, Now);
        task.Pieces.Add(attempt, piece);
        holder.Pieces.Add(piece);
    }

    private void Acknowledge(Piece piece, TaskAck ack)
    {
        Story.Tell(piece.Task, $"{piece} is acknowledged: {ack.Accepted} {ack.Reason}");
        if (piece.Reports.Count == 0 || ack.Reason == AckReason.Unknown || (ack.Accepted && piece.Acks.Exists(before => before.Accepted)))
        {
            Story.Fault(piece.Task, $"{piece} is acknowledged by {ack}");
        }

        piece.Acks.Add((ack.Accepted, ack.Reason, Now));
        piece.Stage = piece.Stage is PieceStage.Reported ? PieceStage.Over : piece.Stage;
    }
}

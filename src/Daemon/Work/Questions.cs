using Agents.Contracts.Realtime;
using Agents.Contracts.Scheduler;
using Agents.Daemon.Link;
using Agents.Daemon.Runners;

namespace Agents.Daemon.Work;

/// <summary>
/// What the programs of this device want to know and nobody has answered. Each goes to the server, and again over each new
/// connection and every now and then, until somebody has answered, its time is over, or its program has ended.
/// </summary>
internal sealed class Questions(Outbox outbox, TimeProvider time)
{
    /// <summary>Of all programs together; who asks more gets what holds without an answer.</summary>
    public const int Most = 200;

    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>An answer that was lost on its way is told again to who asks again.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);

    public bool Any(TaskAttempt attempt)
    {
        lock (_lock)
        {
            return _open.Values.Any(open => open.Attempt == attempt);
        }
    }

    /// <summary>What the program of the attempt has asked and nobody has answered, in words.</summary>
    public IReadOnlyList<string> Of(TaskAttempt attempt)
    {
        lock (_lock)
        {
            return [.. _open.Values.Where(open => open.Attempt == attempt).Select(open => open.Title)];
        }
    }

    public async Task<Answer> AskAsync(TaskAttempt attempt, Question question, CancellationToken cancellationToken)
    {
        var ofNobody = new Answer(question.Default is QuestionKind.Allow, question.Default, InTime: false);
        var asked = new TaskQuestion(
            attempt.TaskId, Guid.NewGuid().ToString(), question.Kind, question.Title, time.GetUtcNow() + Limit, attempt.Attempt, question.Detail, question.Options, question.Default);
        var open = new Open(attempt, question.Detail is { Length: > 0 } detail ? $"{question.Title}\n{detail}" : question.Title);
        // A server that does not know what a question is has nobody who could answer it.
        open.Frame = OutFrame.Of(FrameType.TaskQuestion, asked, DaemonJson.Wire.TaskQuestion) with { Wrong = _ => open.Answered.TrySetResult(ofNobody) };
        lock (_lock)
        {
            if (_open.Count >= Most)
            {
                return ofNobody;
            }

            _open[asked.QuestionId] = open;
        }

        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await outbox.PutAsync(open.Frame, either.Token);
                return await AnsweredAsync(open, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return ofNobody;
            }
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(asked.QuestionId);
            }

            outbox.Remove(open.Frame);
        }
    }

    /// <summary>The first answer counts.</summary>
    public void Answered(TaskAnswer answer)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(answer.QuestionId, out var open))
            {
                open.Answered.TrySetResult(new(answer.Allow ?? answer.Option is QuestionKind.Allow, answer.Option, answer.Text, answer.By));
            }
        }
    }

    /// <summary>Over a new connection: that the one before took it does not mean that the server has it.</summary>
    public void Again()
    {
        List<OutFrame> frames;
        lock (_lock)
        {
            frames = [.. _open.Values.Select(open => open.Frame!)];
        }

        frames.ForEach(Again);
    }

    private void Again(OutFrame frame)
    {
        outbox.Remove(frame);
        outbox.TryPut(frame);
    }

    private async Task<Answer> AnsweredAsync(Open open, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await open.Answered.Task.WaitAsync(AgainAfter, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                Again(open.Frame!);
            }
        }
    }

    private sealed class Open(TaskAttempt attempt, string title)
    {
        public string Title => title;

        public TaskAttempt Attempt => attempt;

        public TaskCompletionSource<Answer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public OutFrame? Frame { get; set; }
    }
}

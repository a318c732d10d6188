using System.Threading.Channels;
using Agents.Contracts.Scheduler;

namespace Agents.Tests.Units.Realtime;

/// <summary>A Scheduler within the test's own process, that takes words or refuses to.</summary>
internal sealed class Desk : ISchedulerInternal
{
    private readonly Channel<(WordReport Report, bool Taken)> _reports = Channel.CreateUnbounded<(WordReport, bool)>();
    private int _toRefuse;

    /// <summary>What is answered to a report that is taken.</summary>
    public Func<WordReport, IEnumerable<WordAnswer>> Answers { get; set; } = _ => [];

    public void RefuseNext(int reports) => Volatile.Write(ref _toRefuse, reports);

    public Task<WordAnswers> ReportAsync(WordReport report, CancellationToken cancellationToken)
    {
        var taken = Interlocked.Decrement(ref _toRefuse) < 0;
        _reports.Writer.TryWrite((report, taken));
        return taken ? Task.FromResult(new WordAnswers([.. Answers(report)])) : Task.FromException<WordAnswers>(new HttpRequestException("Nobody is there."));
    }

    public Task<SubmittedTask> SubmitAsync(SubmitFor submit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TaskEventPage> GetEventsAsync(string? after, int wait, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TasksStanding> GetStandingAsync(TaskIds tasks, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AttemptHolder> GetHolderAsync(string taskId, int attempt, int wait, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TrialPage> GetTrialAsync(TrialAsked asked, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The next report that has words, taken or not.</summary>
    public async Task<(IReadOnlyList<HolderWord> Words, bool Taken)> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var (report, taken) = await _reports.Reader.ReadAsync(limit.Token);
            if (report.Words.Count > 0)
            {
                return (report.Words, taken);
            }
        }
    }
}

using Agents.Hosting;
using Agents.Hosting.ApplicationModel;
using Agents.Hosting.Engine;

namespace Agents.Tests.Units.Hosting;

public class HealthWatchTests
{
    [Fact]
    public async Task RunAsync_AnswersAndFailures_TellsOnlyWhatIsNews()
    {
        var told = new List<bool>();
        using var gone = new CancellationTokenSource();
        var workload = new Script([false, true, true, false, true, false, false, false, true], gone);

        await new HealthWatch(workload, new HurriedTime()).RunAsync(
            isHealthy =>
            {
                told.Add(isHealthy);
                return Task.CompletedTask;
            }, gone.Token);

        Assert.Equal([true, false, true], told);
    }

    [Fact]
    public async Task RunAsync_SomethingThatNoRetryMends_IsThrown()
    {
        using var gone = new CancellationTokenSource();
        var watch = new HealthWatch(new Script([], gone), TimeProvider.System);

        await Assert.ThrowsAsync<DistributedApplicationException>(() => watch.RunAsync(_ => Task.CompletedTask, gone.Token));
    }

    [Theory]
    [InlineData(true, 0, 5000)]
    [InlineData(false, 1, 50)]
    [InlineData(false, 200, 1000)]
    public void PauseAfter_HealthAndFailures_IsShortOnlyWhileItStarts(bool isHealthy, int failures, int milliseconds) =>
        Assert.Equal(milliseconds, HealthWatch.PauseAfter(isHealthy, failures).TotalMilliseconds);

    /// <summary>Answers one after the other; with the last one the instance is gone. Without answers it can never be healthy.</summary>
    private sealed class Script(bool[] answers, CancellationTokenSource gone) : IWorkload
    {
        private int _next;

        public IResource Resource { get; } = new ProjectResource("service");
        public string Id => "service";
        public string? Address => null;

        public Task<ChildCommand?> PrepareAsync(CancellationToken cancellationToken) => Task.FromResult<ChildCommand?>(null);

        public Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
        {
            if (answers.Length == 0)
            {
                throw new DistributedApplicationException("never");
            }

            if (_next == answers.Length)
            {
                gone.Cancel();
                return Task.FromResult(false);
            }

            return answers[_next++] ? Task.FromResult(true) : throw new HttpRequestException("no answer");
        }
    }

    /// <summary>Every pause is over at once; the limit of an answer is left as it is.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime == TimeSpan.FromSeconds(3) ? dueTime : TimeSpan.Zero, period);
    }
}

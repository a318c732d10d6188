using Agents.ServiceDefaults.Loops;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agents.Tests.Units.Loops;

public sealed class PeriodicTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Run_ARoundThatFails_IsFollowedByTheNext()
    {
        using var work = new FailsOnce();

        await work.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, await work.SecondRound.WaitAsync(Limit, TestContext.Current.CancellationToken));
        await work.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class FailsOnce() : Periodic(TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance)
    {
        private readonly TaskCompletionSource<int> _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _rounds;

        public Task<int> SecondRound => _second.Task;

        protected override Task RunAsync(CancellationToken cancellationToken)
        {
            if (++_rounds == 1)
            {
                throw new InvalidOperationException("the first round");
            }

            _second.TrySetResult(_rounds);
            return Task.CompletedTask;
        }
    }
}

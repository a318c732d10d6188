using Agents.ServiceDefaults.Data;
using Agents.ServiceDefaults.Loops;
using Microsoft.EntityFrameworkCore;

namespace Agents.ServiceDefaults.Idempotency;

/// <summary>Forgets answers after their day.</summary>
internal sealed class IdempotencySweep(IServiceScopeFactory scopes, TimeProvider time, ILogger<IdempotencySweep> log)
    : Periodic(TimeSpan.FromMinutes(10), time, log)
{
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Time.GetUtcNow() - IdempotentAnswer.KeptFor;
        await scope.ServiceProvider.GetRequiredService<ServiceDb>().IdempotentAnswers
            .Where(answer => answer.At < before)
            .ExecuteDeleteAsync(cancellationToken);
    }
}

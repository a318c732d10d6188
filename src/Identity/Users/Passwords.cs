using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Agents.Identity.Users;

/// <summary>
/// PBKDF2 with HMAC-SHA512. Hashing is meant to be slow, so only as many run at once as there are cores; the others
/// wait in a bounded line.
/// </summary>
internal sealed class Passwords
{
    private const int Iterations = 210_000;
    private const int MaxWaiting = 200;

    private readonly PasswordHasher<User> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly SemaphoreSlim _turns = new(Environment.ProcessorCount);
    private readonly string _nobodysHash;
    private int _waiting;

    public Passwords() => _nobodysHash = _hasher.HashPassword(null!, Guid.NewGuid().ToString());

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Takes as long for an account that does not exist, so that the time tells nobody which do.</summary>
    public bool Verify(string? hash, string password) =>
        _hasher.VerifyHashedPassword(null!, hash ?? _nobodysHash, password) is not PasswordVerificationResult.Failed && hash is not null;

    /// <summary>A turn to hash, or null where too many wait already.</summary>
    public async Task<IDisposable?> TurnAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _turns.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return new Turn(_turns);
    }

    private sealed class Turn(SemaphoreSlim _turns) : IDisposable
    {
        public void Dispose() => _turns.Release();
    }
}

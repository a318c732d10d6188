using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Secrets;

/// <summary>
/// Tells at the start, and not at the first task, that the master key is another one than the secrets were written with. The
/// service runs all the same: they can be written anew, and what needs none is not concerned.
/// </summary>
internal sealed partial class SealCheck(IServiceScopeFactory scopes, SecretSeal seal, ILogger<SealCheck> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.NotLooked(log, e);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var secrets = scope.ServiceProvider.GetRequiredService<PostsDb>().Secrets.AsNoTracking()
            .OrderBy(s => s.PostId).ThenBy(s => s.Name).Select(s => new { s.PostId, s.Name, s.WrappedKey });
        var (all, shut, first) = (0, 0, "");
        await foreach (var secret in secrets.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            all++;
            if (!seal.Opens(SecretScope.OfPost(secret.PostId), secret.Name, secret.WrappedKey))
            {
                first = shut++ == 0 ? $"{secret.Name} of the post {secret.PostId}" : first;
            }
        }

        if (shut > 0)
        {
            Log.Shut(log, shut, all, first);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "AGENTS_MASTER_KEY does not open {Shut} of the {All} secrets of posts, the first is {First}. Set the key that they were written with, or write them anew; until then no task gets them")]
        public static partial void Shut(ILogger log, int shut, int all, string first);

        [LoggerMessage(LogLevel.Warning, "Whether AGENTS_MASTER_KEY opens the secrets of posts could not be looked at")]
        public static partial void NotLooked(ILogger log, Exception exception);
    }
}

namespace Agents.Daemon.State;

/// <summary>Who is signed in at this terminal, and where: by tokens, or by an API key alone.</summary>
internal sealed record Session(
    string Server, string? AccessToken = null, DateTimeOffset? AccessTokenEnds = null, string? RefreshToken = null, string? ApiKey = null)
{
    // A token that ends while the request is on its way is no good either.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    public bool IsFresh(DateTimeOffset now) => AccessToken is not null && AccessTokenEnds - Margin > now;

    public static Session? Read(Folders folders) => PrivateFile.Read(folders.SessionFile, DaemonJson.Readable.Session);

    public void Write(Folders folders) => PrivateFile.Write(folders.SessionFile, this, DaemonJson.Readable.Session);
}

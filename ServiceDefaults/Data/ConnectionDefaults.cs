namespace Agents.ServiceDefaults.Data;

/// <summary>How a service uses its connections, where the connection string does not say otherwise.</summary>
internal static class ConnectionDefaults
{
    /// <summary>
    /// A statement that comes again is prepared by itself and planned once, which halves what PostgreSQL does for a small
    /// one. And a connection goes back to the pool as it is: the reset would cost as much as the statement did. So nobody
    /// may leave anything on a connection: settings are SET LOCAL, locks belong to a transaction or are released.
    /// A process that falls asleep in the middle of a transaction would keep its locks for as long as it sleeps, and all its
    /// fellows waiting: PostgreSQL takes them from it. And nothing is compiled for one execution (jit), which takes longer than the
    /// longest of our statements does.
    /// </summary>
    private const string Hot = "Max Auto Prepare=200;No Reset On Close=true;Options=-c idle_in_transaction_session_timeout=5s -c jit=off;";

    /// <summary>What stands later in a connection string counts, so whoever needs it otherwise (behind a pooler) says so there.</summary>
    public static string? Under(string? connectionString) => string.IsNullOrEmpty(connectionString) ? connectionString : Hot + connectionString;
}

using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Dispatch;
using Agents.Scheduler.Reports;
using Agents.Scheduler.Tasks;
using Npgsql;

namespace Agents.Scheduler.Sessions;

/// <summary>
/// The sessions that tasks want to go on with. Whose one is and who talks in it never changes, so who was found once is kept
/// for a while.
/// </summary>
internal sealed class KnownSessions(NpgsqlDataSource postgres, Folding folding, Fleet fleet)
{
    private const int MostKept = 10_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private Dictionary<string, IReadOnlyList<Session>> _recent = [];
    private Dictionary<string, IReadOnlyList<Session>> _older = [];

    /// <summary>To be awaited before <see cref="Resolve"/>: also one that was told of a moment ago is found.</summary>
    public async ValueTask KnowAsync(IEnumerable<SubmitTaskRequest> requests, Submitter? by, CancellationToken cancellationToken)
    {
        var names = requests.Select(request => request?.SessionId).OfType<string>().Where(name => Ids.IsValid(name) && !IsKnown(name, by)).ToHashSet();
        if (names.Count > 0)
        {
            await LearnAsync(names, cancellationToken);
            names.RemoveWhere(name => IsKnown(name, by));
        }

        if (names.Count > 0)
        {
            await CatchUpAsync(cancellationToken);
            await LearnAsync(names, cancellationToken);
        }
    }

    /// <summary>The session by any of its names, as far as the reader sees it, also where it began a moment ago.</summary>
    public async Task<Session?> FindAsync(string name, Submitter reader, CancellationToken cancellationToken)
    {
        if (!Ids.IsValid(name))
        {
            return null;
        }

        if ((await postgres.NamedAsync([name], cancellationToken)).Pick(name, reader) is { } found)
        {
            return found;
        }

        await CatchUpAsync(cancellationToken);
        return (await postgres.NamedAsync([name], cancellationToken)).Pick(name, reader);
    }

    /// <summary>The request as it is stored: under the session's own id, and for the agent that has the conversation.</summary>
    public SubmitTaskRequest Resolve(SubmitTaskRequest request, Submitter by, Problems problems)
    {
        if (request.SessionId is not { } name)
        {
            return request;
        }

        if (Find(name)?.Pick(name, by) is not { } session)
        {
            problems.Add("session_id", "there is no such session");
        }
        else if (request.AgentId is { } agent && agent != session.Agent)
        {
            problems.Add("session_id", $"is a conversation of the agent {session.Agent}");
        }
        else if (fleet.Find(session.Agent) is null)
        {
            problems.Add("session_id", "its agent is not there any more");
        }
        else
        {
            return request with { SessionId = session.Id, AgentId = session.Agent };
        }

        return request;
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await folding.CatchUpAsync(limit.Token);
        }
        catch (Exception e) when ((e is OperationCanceledException or NpgsqlException) && !cancellationToken.IsCancellationRequested)
        {
            // Millions are folded just now: what is known by then has to do.
        }
    }

    private async Task LearnAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var found = await postgres.NamedAsync(names, cancellationToken);
        lock (_gate)
        {
            foreach (var name in names)
            {
                List<Session> named = [.. found.Where(session => session.Id == name || session.FirstTask.ToString() == name || session.AgentSession == name)];
                if (named.Count > 0)
                {
                    if (_recent.Count >= MostKept)
                    {
                        (_older, _recent) = (_recent, []);
                    }

                    _recent[name] = named;
                }
            }
        }
    }

    private bool IsKnown(string name, Submitter? by) => Find(name) is { } named && (by is null || named.Pick(name, by) is not null);

    private IReadOnlyList<Session>? Find(string name)
    {
        lock (_gate)
        {
            return _recent.GetValueOrDefault(name) ?? _older.GetValueOrDefault(name);
        }
    }
}

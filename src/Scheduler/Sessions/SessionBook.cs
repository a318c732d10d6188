using Agents.Contracts;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Reports;

namespace Agents.Scheduler.Sessions;

/// <summary>A session as its row has it.</summary>
/// <param name="AgentSession">What its agent called it last.</param>
internal sealed record Session(
    Guid FirstTask, string Id, string? AgentSession, string Agent, string? Device, string? Post, string Owner, string Title, DateTimeOffset CreatedAt,
    DateTimeOffset LastAt, int Tasks, UsageSum Usage);

/// <summary>Finds the session of each task that ran, among those that it is given, or begins it. Pure.</summary>
/// <param name="known">All that the facts could mean.</param>
/// <param name="members">The sessions of tasks that were met before.</param>
internal sealed class SessionBook(IEnumerable<Session> known, IReadOnlyDictionary<Guid, Guid> members)
{
    private readonly Dictionary<Guid, Session> _sessions = known.DistinctBy(session => session.FirstTask).ToDictionary(session => session.FirstTask);
    private readonly Dictionary<Guid, Guid> _members = new(members);
    private readonly HashSet<Guid> _changed = [];
    private Dictionary<string, Guid>? _byId;
    private Dictionary<(string Agent, string Owner, string Name), Guid>? _byName;

    public IEnumerable<Session> Changed => _changed.Select(first => _sessions[first]);

    /// <summary>Tasks that joined one that was there.</summary>
    public Dictionary<Guid, Guid> Joined { get; } = [];

    public void Add(WorkFact fact, string? post)
    {
        var reported = fact.Reported is { } name && Ids.IsValid(name) ? name : null;
        var session = Find(fact, reported);
        if (session is null)
        {
            // Who was given to nobody talked to nobody, and what says nothing is no conversation.
            if (fact.Agent is null || (fact.HasEnded && fact.StartedAt is null) || (string.IsNullOrWhiteSpace(fact.Prompt) && fact.Given is null && reported is null))
            {
                return;
            }

            session = new(
                fact.Task, Free(reported, fact.Task), reported, fact.Agent, fact.Device, post, fact.Owner, SessionTitle.Of(fact.Prompt, fact.Type), fact.CreatedAt,
                fact.At, 1, fact.Used);
        }
        else
        {
            var isNew = fact.Task != session.FirstTask && _members.TryAdd(fact.Task, session.FirstTask);
            if (isNew)
            {
                Joined[fact.Task] = session.FirstTask;
            }

            session = session with
            {
                Id = reported is not null && session.AgentSession is null && session.Id == session.FirstTask.ToString() ? Free(reported, session.FirstTask, session.Id) : session.Id,
                AgentSession = reported ?? session.AgentSession,
                Device = fact.Device ?? session.Device,
                LastAt = fact.At > session.LastAt ? fact.At : session.LastAt,
                Tasks = session.Tasks + (isNew ? 1 : 0),
                Usage = session.Usage.Plus(fact.Used),
            };
        }

        Keep(session);
    }

    private Session? Find(WorkFact fact, string? reported)
    {
        Index();
        return _sessions.GetValueOrDefault(fact.Task)
            ?? (_members.TryGetValue(fact.Task, out var member) ? _sessions.GetValueOrDefault(member) : null)
            ?? (fact.Given is { } given ? ById(given) ?? (Guid.TryParse(given, out var first) ? _sessions.GetValueOrDefault(first) : null) : null)
            ?? (reported is not null && fact.Agent is { } agent && _byName!.TryGetValue((agent, fact.Owner, reported), out var named) ? _sessions[named] : null);
    }

    private Session? ById(string id) => _byId!.TryGetValue(id, out var first) ? _sessions[first] : null;

    /// <summary>Names are the agents' to give, and two may give the same one: the second is called by its task then.</summary>
    private string Free(string? reported, Guid task, string? own = null) =>
        new[] { reported, own, task.ToString() }.OfType<string>().FirstOrDefault(id => id == own || !_byId!.ContainsKey(id))
        // Somebody's agent took a task's id for a name.
        ?? Guid.NewGuid().ToString();

    private void Keep(Session session)
    {
        if (_sessions.TryGetValue(session.FirstTask, out var before))
        {
            _byId!.Remove(before.Id);
        }

        _sessions[session.FirstTask] = session;
        _changed.Add(session.FirstTask);
        Index(session);
    }

    private void Index()
    {
        if (_byId is null)
        {
            (_byId, _byName) = ([], []);
            foreach (var session in _sessions.Values)
            {
                Index(session);
            }
        }
    }

    private void Index(Session session)
    {
        _byId![session.Id] = session.FirstTask;
        _byName![(session.Agent, session.Owner, session.Id)] = session.FirstTask;
        if (session.AgentSession is { } name)
        {
            _byName[(session.Agent, session.Owner, name)] = session.FirstTask;
        }
    }
}

namespace Agents.Scheduler.Dispatch;

/// <summary>Agents that a lane leaves alone for a while, as they did not take its task. Not for several threads at once.</summary>
internal sealed class Refusals(TimeSpan pause, TimeProvider time)
{
    private readonly Dictionary<(long Lane, string Agent), long> _since = [];

    public void Add(long lane, string agent) => _since[(lane, agent)] = time.GetTimestamp();

    public bool Contains(long lane, string agent) => _since.ContainsKey((lane, agent));

    /// <summary>True where somebody may be asked again.</summary>
    public bool ForgetOld(long now)
    {
        if (_since.Count == 0)
        {
            return false;
        }

        var over = _since.Where(refusal => time.GetElapsedTime(refusal.Value, now) > pause).Select(refusal => refusal.Key).ToList();
        over.ForEach(key => _since.Remove(key));
        return over.Count > 0;
    }
}

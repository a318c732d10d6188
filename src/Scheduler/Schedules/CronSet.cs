namespace Agents.Scheduler.Schedules;

/// <summary>The values of one cron field.</summary>
internal sealed class CronSet(int min, int max)
{
    private readonly bool[] _has = new bool[max - min + 1];

    public bool Contains(int value) => value >= min && value <= max && _has[value - min];

    public void Add(int value) => _has[value - min] = true;

    /// <summary>The smallest that is not below; null where there is none.</summary>
    public int? AtLeast(int value)
    {
        for (var i = Math.Max(value - min, 0); i < _has.Length; i++)
        {
            if (_has[i])
            {
                return i + min;
            }
        }

        return null;
    }
}

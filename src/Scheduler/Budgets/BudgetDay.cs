namespace Agents.Scheduler.Budgets;

/// <summary>A day of a budget: one of UTC, or a shorter one where that is what is set. Pure.</summary>
internal readonly record struct BudgetDay(DateTimeOffset Begin, DateTimeOffset End)
{
    public static BudgetDay At(DateTimeOffset time, TimeSpan length)
    {
        var begin = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % length.Ticks), TimeSpan.Zero);
        return new(begin, begin + length);
    }
}

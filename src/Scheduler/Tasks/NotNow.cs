namespace Agents.Scheduler.Tasks;

/// <summary>Why something is to be asked again soon.</summary>
internal static class NotNow
{
    public const string NoFleet = "It is not known yet which agents there are. Try again soon.";
    public const string TooMuch = "Too much is submitted at once. Try again soon.";
    public const string Undecided = "Nobody could say just now who gets it. Try again soon.";
}

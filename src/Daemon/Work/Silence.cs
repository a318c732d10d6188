namespace Agents.Daemon.Work;

/// <summary>Whether a program has been silent for too long. Pure.</summary>
internal static class Silence
{
    /// <param name="spoke">It has said something since it began.</param>
    /// <param name="idle">Seconds of the post.</param>
    public static Halt? Of(TimeSpan silent, bool spoke, int? idle, TimeSpan? firstWord) =>
        idle is { } seconds && silent > TimeSpan.FromSeconds(seconds) ? Halt.Idle(TimeSpan.FromSeconds(seconds))
        : !spoke && firstWord is { } limit && silent > limit ? Halt.Mute(limit)
        : null;
}

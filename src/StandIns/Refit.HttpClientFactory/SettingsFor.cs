namespace Refit;

public interface ISettingsFor
{
    RefitSettings? Settings { get; }
}

/// <summary>The settings of one interface's clients, so that several interfaces can each have theirs in one container.</summary>
public class SettingsFor<T>(RefitSettings? settings) : ISettingsFor
{
    public RefitSettings? Settings { get; } = settings;
}

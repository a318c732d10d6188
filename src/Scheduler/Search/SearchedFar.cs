namespace Agents.Scheduler.Search;

/// <summary>How far a search went.</summary>
internal sealed class SearchedFar
{
    /// <summary>The page is full: what is found besides is counted, as far as that costs little.</summary>
    public bool IsEnough { get; set; }

    public int Compared { get; set; }

    public Guid? Last { get; set; }

    public bool IsAll { get; set; } = true;
}

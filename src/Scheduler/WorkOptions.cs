using System.ComponentModel.DataAnnotations;

namespace Agents.Scheduler;

/// <summary>Section <c>Work</c> (<c>Work__Lease=00:00:20</c>). docs/protocol.md says what each is for.</summary>
internal sealed class WorkOptions
{
    public const string Section = "Work";

    /// <summary>Without a word of its holder for so long, an attempt is over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>So soon an agent says that it takes a task.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AcceptLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an agent that refused a task is left alone by its lane.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefusalPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long what runs on a drained device may take to come to a turn's end before it is stopped and goes on elsewhere.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How much longer the end of what moves is waited for where its holder packs up what there is of it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PackLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>So long a day of a budget is: one of UTC, or for a trial a shorter one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BudgetDay { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a leader leads without renewing it; a new one waits for as long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaderTerm { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Tasks that one round of the dispatcher assigns at most.</summary>
    [Range(1, 10_000)]
    public int MostAssigned { get; set; } = 256;

    /// <summary>Of what an agent says while it works on one task so much is kept, the newest.</summary>
    [Range(10, 1_000_000)]
    public int MostProgress { get; set; } = 10_000;

    /// <summary>How long tasks that ended so are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>How often what is old is looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan UpkeepEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often it is looked whether enough tasks have come to be sealed for searching.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TextEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>So long after it was made an id may still turn up in the table; what is sealed is older.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TextAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Heads of one lane's queue that are kept in memory.</summary>
    [Range(2, 100_000)]
    public int LaneHeads { get; set; } = 1_000;

    /// <summary>Of one artifact.</summary>
    [Range(1024, 1L << 40)]
    public long MaxArtifactBytes { get; set; } = 100L << 20;

    /// <summary>Of all artifacts of a task together.</summary>
    [Range(1024, 1L << 50)]
    public long MaxArtifactBytesPerTask { get; set; } = 1L << 30;

    [Range(1, 1_000_000)]
    public int MaxArtifactsPerTask { get; set; } = 1_000;

    /// <summary>So often work is handed on from agent to agent, counted from what somebody submitted; 0 is never.</summary>
    [Range(0, 100)]
    public int MostHandoverDepth { get; set; } = 3;

    /// <summary>Pieces of work that one task hands over, over all its attempts.</summary>
    [Range(0, 10_000)]
    public int MostHandovers { get; set; } = 20;

    /// <summary>The same of all tasks together that one submitted task has come to.</summary>
    [Range(0, 100_000)]
    public int MostHandoversInTree { get; set; } = 100;

    /// <summary>How often artifacts are looked through for those that nobody wants any more.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ArtifactSweepEvery { get; set; } = TimeSpan.FromMinutes(10);
}

/// <summary><c>Work__Retention__Done=30.00:00:00</c>. Counted from a task's end.</summary>
internal sealed class RetentionOptions
{
    private static readonly TimeSpan Default = TimeSpan.FromDays(90);

    public TimeSpan Done { get; set; } = Default;

    public TimeSpan Failed { get; set; } = Default;

    public TimeSpan Canceled { get; set; } = Default;

    /// <summary>What is older can go whatever it was.</summary>
    public TimeSpan Longest => new[] { Done, Failed, Canceled }.Max();
}

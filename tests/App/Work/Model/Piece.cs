namespace Agents.Tests.App.Work.Model;

internal enum PieceStage
{
    Offered,
    Working,

    /// <summary>In the spool.</summary>
    Reported,
    Over,
}

/// <summary>One attempt as its holder knows it, and all that the holder said of it.</summary>
internal sealed class Piece(ModelTask task, int attempt, ModelAgent agent, ModelHolder holder, DateTimeOffset givenAt)
{
    public ModelTask Task => task;

    public int Attempt => attempt;

    public ModelAgent Agent => agent;

    public ModelHolder Holder => holder;

    public DateTimeOffset GivenAt => givenAt;

    public PieceStage Stage { get; set; }

    /// <summary>It said so, or named it among what it works on.</summary>
    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>Since when its last list of what it works on lacks it, or its end was reported.</summary>
    public DateTimeOffset? OverSaidAt { get; private set; }

    public DateTimeOffset? DroppedAt { get; private set; }

    public DateTimeOffset? CanceledAt { get; private set; }

    /// <summary>It was told to stop, and has not answered.</summary>
    public bool IsToStop { get; set; }

    public List<Report> Reports { get; } = [];

    public List<(bool Accepted, string? Reason, DateTimeOffset At)> Acks { get; } = [];

    public DateTimeOffset ReportedAt { get; private set; }

    public int Seq { get; set; }

    public int StoredSeq { get; set; }

    public override string ToString() => $"{task.Name}/{attempt} of {holder.Name}";

    public void Accept(DateTimeOffset now)
    {
        OverSaidAt = AcceptedAt is null ? null : OverSaidAt;
        AcceptedAt ??= now;
        if (Stage is PieceStage.Offered or PieceStage.Over)
        {
            Stage = PieceStage.Working;
        }
    }

    /// <summary>With all its holder's memory.</summary>
    public void Forget(DateTimeOffset now)
    {
        Stage = PieceStage.Over;
        IsToStop = false;
        NotNamed(now);
    }

    public void Report(Report report, DateTimeOffset now)
    {
        if (!Reports.Contains(report))
        {
            Reports.Add(report);
        }

        ReportedAt = now;
        OverSaidAt ??= now;
        Stage = PieceStage.Reported;
        IsToStop = false;
    }

    /// <summary>In a list: that is an accept as well.</summary>
    public void Name(DateTimeOffset now) => AcceptedAt ??= now;

    public void NotNamed(DateTimeOffset now)
    {
        OverSaidAt ??= now;
        if (AcceptedAt is not null)
        {
            DroppedAt ??= now;
        }
    }

    public void Cancel(DateTimeOffset now)
    {
        CanceledAt ??= now;
        IsToStop = Stage is not PieceStage.Reported;
    }
}

/// <summary>A result, or an error where there is none.</summary>
/// <param name="Text">No other report has it.</param>
internal sealed record Report(string Text, bool IsResult, string? Kind = null, bool? Retryable = null);

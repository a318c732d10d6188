namespace Agents.Tests.App.Work.Model;

internal sealed record ModelAgent(string Id, string? DeviceId, int Concurrency, string Capability, bool IsPrivate)
{
    /// <summary>So soon Scheduler knows what Registry has stored.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromSeconds(2);

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When its device was told to take nothing more, and when it was told to go on.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Drains { get; } = [];

    public bool IsDeleted => DeletedAt is not null;

    public bool Takes(DateTimeOffset at) =>
        !(DeletedAt + Known < at) && !Drains.Exists(drain => drain.From + Known < at && at < drain.To);

    /// <summary>Also a little before its device's drain was answered, and after the other answer.</summary>
    public bool WasDraining(DateTimeOffset at) => Drains.Exists(drain => drain.From - Known < at && (drain.To == DateTimeOffset.MaxValue || at < drain.To + Known));

    public bool Suits(ModelTask task) =>
        task.Order.Agent is { } asked ? asked == this : Capability == task.Order.Capability && (task.Owner.SeesAll || !IsPrivate);
}

/// <summary>Who submits. What the operator owns besides is private to him.</summary>
internal sealed record ModelUser(string Name, Whole.Api Api, bool SeesAll);

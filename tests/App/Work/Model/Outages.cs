namespace Agents.Tests.App.Work.Model;

/// <summary>When parts of the server were killed. For a while afterwards more is possible than otherwise.</summary>
internal sealed class Outages
{
    private static readonly TimeSpan Felt = TimeSpan.FromSeconds(12);

    private readonly List<DateTimeOffset> _at = [];

    public void Add(DateTimeOffset at) => _at.Add(at);

    public bool Touch(DateTimeOffset from, DateTimeOffset to) => _at.Any(at => at <= to && at + Felt >= from);

    public bool Touch(DateTimeOffset at) => Touch(at, at);
}

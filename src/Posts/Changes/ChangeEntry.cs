using Agents.Contracts.Posts;
using Agents.ServiceDefaults.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Agents.Posts.Changes;

internal sealed class ChangeEntry
{
    public const string Sequence = "change_seq";

    public static readonly Feed Feed = new("changed", 243690);

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public required long Seq { get; init; }

    public required PostChangeKind Kind { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public static void Describe(ModelBuilder model)
    {
        model.HasSequence<long>(Sequence);
        var change = model.Entity<ChangeEntry>();
        change.ToTable("changes");
        change.HasKey(c => c.Seq);
        change.Property(c => c.Seq).ValueGeneratedNever();
        change.Property(c => c.Id).IsRequired();
        change.HasIndex(c => c.At);
    }
}

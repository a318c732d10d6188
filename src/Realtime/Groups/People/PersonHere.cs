using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Realtime.Groups.People;

/// <summary>A person who is connected to one of the replicas.</summary>
internal sealed class PersonHere
{
    /// <summary>So often a replica says it again.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <summary>Whose replica says nothing for so long is not there: it was killed, and did not take it back.</summary>
    public static readonly TimeSpan GoneAfter = 3 * Beat;

    /// <summary>See <see cref="MemberKey"/>.</summary>
    public required string Member { get; init; }

    public required string Instance { get; init; }

    /// <summary>By PostgreSQL's clock, which all replicas share.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    public static void Describe(EntityTypeBuilder<PersonHere> person)
    {
        person.ToTable("people_here");
        person.HasKey(p => new { p.Member, p.Instance });
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Agents.Identity.Sessions;

/// <summary>Failed sign-ins under a name, whether there is such an account or not: the answer must not tell.</summary>
internal sealed class SignInFailures
{
    public required string AccountKey { get; init; }

    public int Count { get; set; }

    public DateTimeOffset LastAt { get; set; }

    public static void Describe(EntityTypeBuilder<SignInFailures> failures)
    {
        failures.ToTable("sign_in_failures");
        failures.HasKey(f => f.AccountKey);
        failures.HasIndex(f => f.LastAt);
    }
}

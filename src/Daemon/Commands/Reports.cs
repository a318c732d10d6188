using Agents.Contracts.Registry;
using Agents.Daemon.State;

namespace Agents.Daemon.Commands;

// What `--json` prints; scripts rely on these names.

internal sealed record FailureReport(string Error, int ExitCode);

internal sealed record SignedInReport(string Server, string Id, string Email, string Name, IReadOnlyList<string> Roles);

internal sealed record SignedOutReport(string? Server);

internal sealed record TokenReport(string Token, DateTimeOffset ExpiresAt, string Server);

internal sealed record ConnectedReport(string DeviceId, string Server, IReadOnlyList<string> Capabilities, IReadOnlyDictionary<string, string> Labels);

/// <param name="Daemon">What the daemon said last; null where none runs.</param>
/// <param name="Device">As the server sees it; null where nobody is signed in here, or <paramref name="Problem"/> says why.</param>
internal sealed record StatusReport(string DeviceId, string Server, DateTimeOffset EnrolledAt, LinkReport? Daemon, DeviceView? Device, string? Problem);

/// <param name="Problem">Why nothing could be done.</param>
internal sealed record UnitReport(string Path, bool Done, string? Unit, string? Problem);

/// <param name="Last">The number of the last entry that was looked at.</param>
/// <param name="Findings">What is forged, and what else is worth a look; the first thousand.</param>
internal sealed record VerifyReport(
    string GroupId, string Name, long After, long Last, int Verified, int Unsigned, int Forged, IReadOnlyList<AuthorReport> Authors, IReadOnlyList<Finding> Findings);

internal sealed record AuthorReport(string Kind, string Id, string Name, int Verified, int Unsigned, int Forged);

internal sealed record Finding(long Seq, string Id, string From, bool IsForged, string Why);

internal sealed record VersionReport(string Version, string Os, string Arch, string Runtime);

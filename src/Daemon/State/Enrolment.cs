namespace Agents.Daemon.State;

/// <summary>What makes this machine a device: where it is enrolled, as what, and the credential that it got.</summary>
internal sealed record Enrolment(
    string Server, string DeviceId, string DeviceToken, DateTimeOffset EnrolledAt, IReadOnlyDictionary<string, string>? Labels = null)
{
    public static Enrolment? Read(Folders folders) => PrivateFile.Read(folders.EnrolmentFile, DaemonJson.Readable.Enrolment);

    public static Enrolment Required(Folders folders) => Read(folders) ?? throw new Failure(
        ExitCode.NotSignedIn, "This machine is not enrolled: get a token with 'ccc generate-token', then run 'ccc connect --token TOKEN --server URL'.");

    public void Write(Folders folders) => PrivateFile.Write(folders.EnrolmentFile, this, DaemonJson.Readable.Enrolment);
}

namespace Agents.Contracts.Registry;

/// <param name="Status">See <see cref="PresenceStatus"/>; a device is online or offline.</param>
/// <param name="KeyId">The key that it signs with now; null where it has none.</param>
/// <param name="Load">As it was measured last; null where it is offline, or has measured nothing.</param>
public sealed record DeviceView(
    string Id, string Status, DateTimeOffset? LastSeen, string IpAddress, string Hostname, string Os, string Arch, string Version,
    IReadOnlyList<string> Capabilities, IReadOnlyDictionary<string, string> Labels, string Pool, int Concurrency, bool Draining, string? Owner,
    string? KeyId, int Agents, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DeviceLoad? Load);

/// <param name="DeviceId">Only this device may use the token, and it may come with a new key.</param>
/// <param name="ExpiresIn">Seconds.</param>
public sealed record EnrolmentTokenRequest(string? DeviceId = null, int? ExpiresIn = null) : IValidated
{
    public const int DefaultSeconds = 3600;
    public const int MaxSeconds = 7 * 24 * 3600;

    public void Validate(Problems problems)
    {
        problems.Id(DeviceId);
        problems.Range(ExpiresIn, 1, MaxSeconds);
    }
}

public sealed record EnrolmentToken(string Token, DateTimeOffset ExpiresAt);

/// <param name="Ip">As the device sees itself; left out, the address that it comes from.</param>
/// <param name="PublicKey">ECDSA P-256, a SubjectPublicKeyInfo in base64 (PEM does as well). With it the device signs from now on.</param>
public sealed record RegisterDeviceRequest(
    string Token, string DeviceId, string Hostname, string? Ip = null, string? Os = null, string? Arch = null, string? Version = null,
    IReadOnlyList<string>? Capabilities = null, string? PublicKey = null, IReadOnlyDictionary<string, string>? Labels = null,
    int? Concurrency = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Text(Token, 1, 512);
        if (problems.Required(DeviceId))
        {
            problems.Id(DeviceId);
        }

        problems.Text(Hostname, 1, 255);
        problems.OptionalText(Ip, 1, 64);
        problems.OptionalText(Os, 0, 64);
        problems.OptionalText(Arch, 0, 64);
        problems.OptionalText(Version, 0, 64);
        problems.OptionalText(PublicKey, 1, 2048);
        problems.Capabilities(Capabilities);
        problems.Labels(Labels);
        problems.Concurrency(Concurrency);
    }
}

/// <summary>A key while a device signed with it: from then on, and up to when another took its place, or none.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo, base64.</param>
public sealed record DeviceKeyPeriod(string KeyId, string PublicKey, DateTimeOffset SignsFrom, DateTimeOffset? SignsUntil);

/// <param name="HeartbeatInterval">Seconds.</param>
public sealed record RegisteredDevice(string DeviceId, string DeviceToken, int HeartbeatInterval);

/// <summary>What is left out stays as it is.</summary>
public sealed record ChangeDeviceRequest(
    IReadOnlyDictionary<string, string>? Labels = null, string? Pool = null, int? Concurrency = null) : IValidated
{
    public void Validate(Problems problems)
    {
        problems.Labels(Labels);
        problems.OptionalText(Pool, 0, 128);
        problems.Concurrency(Concurrency);
    }
}

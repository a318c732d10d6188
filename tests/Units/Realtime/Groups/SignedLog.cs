using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using Agents.Contracts.Registry;

namespace Agents.Tests.Units.Realtime.Groups;

/// <summary>What a device with a key says in a group, entry by entry.</summary>
internal static class SignedLog
{
    public const string Group = "dev-team";
    public const string Device = "box-1";
    public const string Agent = "builder";

    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static IReadOnlyList<DeviceKeyPeriod> Keys { get; } = [PeriodOf(Key, Now.AddDays(-1), null)];

    public static DeviceKeyPeriod PeriodOf(ECDsa key, DateTimeOffset from, DateTimeOffset? until) =>
        new(FrameSignature.KeyIdOf(key.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()), from, until);

    public static GroupEntry Message(long seq = 1, string content = "Hello, 世界", string? payload = null, string type = FrameType.GroupMessage) =>
        Entry(seq, EntryKind.Message, content) with { Sig = Sign(type, payload ?? $$"""{"group_id":"{{Group}}","agent_id":"{{Agent}}","content":"{{content}}"}""") };

    public static GroupEntry Edit(GroupEntry of, long seq, string content) => Entry(seq, EntryKind.Edit, content) with
    {
        Target = of.Id,
        Sig = Sign(FrameType.GroupEdit, $$"""{"group_id":"{{Group}}","message_id":"{{of.Id}}","content":"{{content}}"}"""),
    };

    public static GroupEntry Entry(long seq, string kind, string content) =>
        new(Guid.CreateVersion7(Now).ToString(), Group, seq, kind, "Builder", Agent, MemberKind.Agent, content, Now);

    public static EntrySignature Sign(string type, string payload, ECDsa? by = null, DateTimeOffset? at = null)
    {
        var (key, id, ts, bytes) = (by ?? Key, Guid.NewGuid().ToString(), (at ?? Now).ToUnixTimeSeconds(), Encoding.UTF8.GetBytes(payload));
        return new(
            Device, FrameSignature.KeyIdOf(key.ExportSubjectPublicKeyInfo()), id, type, ts, Base64Url.EncodeToString(bytes), FrameSignature.Sign(key, id, type, ts, bytes));
    }
}

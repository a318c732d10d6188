using System.Buffers.Text;
using Agents.Contracts.Realtime;
using Agents.Contracts.Realtime.Groups;
using static Agents.Tests.Units.Realtime.Groups.SignedLog;

namespace Agents.Tests.Units.Realtime.Groups;

public sealed class EntryCheckTests
{
    private const string Picture = "0190f1ae-0000-7000-8000-000000000001";

    private static readonly string Answered = Guid.NewGuid().ToString();

    public static TheoryData<string> Changes => [.. Tampered.Keys];

    private static Dictionary<string, Func<GroupEntry, GroupEntry>> Tampered { get; } = new()
    {
        ["content"] = entry => entry with { Content = "Hello" },
        ["group"] = entry => entry with { GroupId = "other-team" },
        ["author"] = entry => entry with { FromId = "tester" },
        ["kind of author"] = entry => entry with { FromKind = MemberKind.User },
        ["kind"] = entry => entry with { Kind = EntryKind.Edit, Target = Answered },
        ["time"] = entry => entry with { Timestamp = entry.Timestamp.AddMinutes(7) },
        ["answer"] = entry => entry with { ReplyTo = null },
        ["other answer"] = entry => entry with { ReplyTo = Guid.NewGuid().ToString() },
        ["attachments"] = entry => entry with { Attachments = null },
        ["signed id"] = entry => entry with { Sig = entry.Sig! with { Id = "another" } },
        ["signed type"] = entry => entry with { Sig = entry.Sig! with { Type = FrameType.AgentRegister } },
        ["signed time"] = entry => entry with { Sig = entry.Sig! with { Ts = entry.Sig.Ts + 1 } },
        ["signed bytes"] = entry => entry with { Sig = entry.Sig! with { Payload = Base64Url.EncodeToString("{}"u8) } },
        ["no bytes"] = entry => entry with { Sig = entry.Sig! with { Payload = "%" } },
        ["key"] = entry => entry with { Sig = entry.Sig! with { KeyId = "another" } },
        ["signature"] = entry => entry with { Sig = entry.Sig! with { Signature = Base64Url.EncodeToString(new byte[64]) } },
        ["no signature"] = entry => entry with { Sig = null },
    };

    private static GroupEntry Full => Message(payload:
        $$"""{"group_id":"{{Group}}","agent_id":"{{Agent}}","content":"Hello, \u4e16界","reply_to":"{{Answered}}","attachments":["{{Picture}}"],"dedup_key":"k"}""") with
    {
        ReplyTo = Answered,
        Attachments = [new(Picture, "a.png", "image/png", 1, "")],
    };

    [Fact]
    public void Of_WhatWasSigned_IsVerified()
    {
        Assert.Equal(new(EntryVerdict.Verified), EntryCheck.Of(Full, Keys));
        Assert.Equal(new(EntryVerdict.Verified), EntryCheck.Of(Message(content: "two\\nlines") with { Content = "two\nlines" }, Keys));
        Assert.Equal(new(EntryVerdict.Verified), EntryCheck.Of(Edit(Message(), 2, "put right"), Keys));
        // Seed 001's dialect names neither agent nor answer in what it signs.
        Assert.Equal(new(EntryVerdict.Verified), EntryCheck.Of(Message(payload: $"{Group}\nHello, 世界") with { ReplyTo = Answered }, Keys));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Of_OneFieldTampered_IsForged(string field) =>
        Assert.Equal(EntryVerdict.Forged, EntryCheck.Of(Tampered[field](Full), Keys).Verdict);

    [Fact]
    public void Of_EditOfAnotherMessage_IsForged() =>
        Assert.Equal("what is signed has another message", EntryCheck.Of(Edit(Message(), 2, "x") with { Target = Answered }, Keys).Why);

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"content\":1}")]
    [InlineData("{")]
    public void Of_SignedBytesThatAreNone_IsForged(string payload) =>
        Assert.Equal(EntryVerdict.Forged, EntryCheck.Of(Message(payload: payload), Keys).Verdict);

    [Fact]
    public void Of_KeyThatWasNotInUse_IsForged()
    {
        Assert.Equal(EntryVerdict.Verified, EntryCheck.Of(Message(), [PeriodOf(Key, Now.AddSeconds(1), Now.AddSeconds(2))]).Verdict);
        Assert.Equal(EntryVerdict.Forged, EntryCheck.Of(Message(), [PeriodOf(Key, Now.AddDays(-2), Now.AddDays(-1))]).Verdict);
        Assert.Equal(EntryVerdict.Forged, EntryCheck.Of(Message(), [PeriodOf(Key, Now.AddDays(1), null)]).Verdict);
        Assert.Equal(EntryVerdict.Verified, EntryCheck.Of(Message(), [PeriodOf(Key, Now.AddDays(-2), Now.AddDays(-1)), PeriodOf(Key, Now.AddHours(-1), null)]).Verdict);
    }

    [Fact]
    public void Of_AnothersKeyUnderItsName_IsForged()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var forged = Message() with { Sig = Sign(FrameType.GroupMessage, $$"""{"group_id":"{{Group}}","content":"Hello, 世界"}""", other) };

        Assert.Equal("signed with a key that its device never had", EntryCheck.Of(forged, Keys).Why);
        Assert.Equal(EntryVerdict.Forged, EntryCheck.Of(forged, [PeriodOf(other, Now.AddDays(-1), null) with { PublicKey = Keys[0].PublicKey }]).Verdict);
        Assert.Equal(EntryVerdict.Forged, EntryCheck.Of(forged, [PeriodOf(other, Now.AddDays(-1), null) with { PublicKey = "%" }]).Verdict);
    }

    [Fact]
    public void Of_NothingThatHadToBeSigned_IsUnsigned()
    {
        var said = Entry(1, EntryKind.Message, "hello");

        Assert.All(
            [
                EntryCheck.Of(said with { FromKind = MemberKind.User }, Keys), EntryCheck.Of(said, []),
                EntryCheck.Of(said, [PeriodOf(Key, Now.AddDays(-2), Now.AddDays(-1))]), EntryCheck.Of(said with { TaskId = "t" }, Keys),
                EntryCheck.Of(said with { Kind = EntryKind.Delete, Content = "", Target = Answered }, Keys), EntryCheck.Of(said with { Content = "", DeletedAt = Now }, Keys),
            ],
            found => Assert.Equal(EntryVerdict.Unsigned, found.Verdict));
        Assert.Equal(EntryVerdict.Forged, EntryCheck.Of(said with { DeletedAt = Now }, Keys).Verdict);
    }
}

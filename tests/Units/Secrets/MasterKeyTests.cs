using System.Security.Cryptography;
using Agents.ServiceDefaults.Secrets;

namespace Agents.Tests.Units.Secrets;

public sealed class MasterKeyTests
{
    private static readonly byte[] Plain = [1, 2, 3];

    private readonly MasterKey _key = new(new string('m', 40));

    [Fact]
    public void Unwrap_WhatWasWrapped_IsThatAgain() => Assert.Equal(Plain, _key.Unwrap(_key.Wrap(Plain, "p"), "p"));

    [Fact]
    public void Wrap_TheSameTwice_DiffersEachTime() => Assert.NotEqual(_key.Wrap(Plain, "p"), _key.Wrap(Plain, "p"));

    [Fact]
    public void Unwrap_ForAnotherPurpose_Fails() =>
        Assert.Throws<AuthenticationTagMismatchException>(() => _key.Unwrap(_key.Wrap(Plain, "p"), "q"));

    [Fact]
    public void Unwrap_WithAnotherKey_Fails() =>
        Assert.Throws<AuthenticationTagMismatchException>(() => new MasterKey(new string('n', 40)).Unwrap(_key.Wrap(Plain, "p"), "p"));

    [Fact]
    public void Unwrap_Damaged_Fails()
    {
        var wrapped = _key.Wrap(Plain, "p");
        wrapped[^1] ^= 1;

        Assert.Throws<AuthenticationTagMismatchException>(() => _key.Unwrap(wrapped, "p"));
        Assert.Throws<AuthenticationTagMismatchException>(() => _key.Unwrap(wrapped.AsSpan(0, 5), "p"));
    }

    [Fact]
    public void MasterKey_TooShort_IsRefusedWithWhatToDo() =>
        Assert.Contains("AGENTS_MASTER_KEY", Assert.Throws<InvalidOperationException>(() => new MasterKey("short")).Message);
}

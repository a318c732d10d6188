using Agents.Contracts;
using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Hub;
using Agents.Realtime.Signatures;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Envelopes;

namespace Agents.Realtime.Groups.Rest;

/// <summary>What a body says of where it belongs, beside where it came to.</summary>
/// <param name="Said">Has to be there only where it is signed.</param>
internal sealed record Place(string Field, string? Said, string Path)
{
    public bool IsOther => Said is not null && Said != Path;
}

/// <summary>What is said by REST is signed as by a socket, where it is said by a device that has a key.</summary>
internal sealed class SignedRequests(GroupCaller caller, SignatureCheck check)
{
    /// <returns>What is kept with the message, or why it is refused.</returns>
    public async Task<(EntrySignature? Signature, Failure? Refusal)> CheckAsync(
        MessageSignature message, string groupId, Place group, CancellationToken cancellationToken, Place? target = null)
    {
        Place[] places = target is null ? [group] : [group, target];
        var device = await caller.DeviceAsync(cancellationToken);
        if (caller.Caller.IsDevice && device is null)
        {
            // Its token has ended since it was let in, and nobody knows any more whether it has a key.
            return (null, new NotSignedIn());
        }

        if (device is not { Keys: [_, ..] })
        {
            return (null, places.FirstOrDefault(place => place.IsOther) is { } other ? new Invalid(other.Field, "is another one than the path's") : null);
        }

        var wrong = places.FirstOrDefault(place => place.Said != place.Path);
        var misplaced = wrong is null ? null : new Fault(ErrorCode.Invalid, "must be the one of the path: it is part of what is signed, so that it is good for no other");
        var fault = await check.FaultAsync(
            new(device.Id, device.Keys, groupId, caller.Caller.Address, caller.Caller.RequestId), message, cancellationToken, misplaced);
        return fault is null
            ? (SignatureCheck.Kept(device.Id, device.Keys, message), null)
            : (null, fault.ToFailure(ReferenceEquals(fault, misplaced) ? wrong!.Field : MessageSignature.IdHeader));
    }
}

using Agents.Contracts;
using Agents.Realtime.Hub;
using Agents.ServiceDefaults.Envelopes;

namespace Agents.Realtime.Groups.Rest;

internal static class FaultAnswers
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>What a frame would be answered with, as REST says it.</summary>
    /// <param name="field">Where the request is wrong.</param>
    public static Failure ToFailure(this Fault fault, string field) => fault.Code switch
    {
        ErrorCode.Invalid => new Invalid(field, fault.Text),
        // Not the credential is no good, which 1002 would say here, but the signature.
        ErrorCode.NotAllowed or ErrorCode.NotSignedIn => new NotAllowed(fault.Text),
        ErrorCode.NotFound => new Missing(fault.Text),
        ErrorCode.WrongState => new WrongState(fault.Text),
        ErrorCode.TooMany => new TooMany(Soon, fault.Text),
        ErrorCode.Clash => new Clash(fault.Text),
        _ => new Broken(fault.Text),
    };
}

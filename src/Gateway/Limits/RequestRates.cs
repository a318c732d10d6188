using Agents.Contracts;
using Agents.Gateway.Edge;

namespace Agents.Gateway.Limits;

/// <summary>How often one may ask: a person by who they are, everybody else by their address.</summary>
internal sealed class RequestRates(LimitOptions limits, TimeProvider time)
{
    private readonly RateGates<string> _people = new(limits.SignedInPerSecond, time);
    private readonly RateGates<UInt128> _strangers = new(limits.StrangersPerSecond, time);
    private readonly RateGates<UInt128> _unverified = new(limits.UnverifiedPerSecond, time);

    public bool Admit(HttpContext context, Identified who, out TimeSpan wait) =>
        who.UserId is { } id ? _people.Admit(id, out wait)
        : who.Unverified ? _unverified.Admit(AddressKey.Of(context), out wait)
        : AdmitStranger(context, out wait);

    public bool AdmitStranger(HttpContext context, out TimeSpan wait) => _strangers.Admit(AddressKey.Of(context), out wait);

    public Identified Refusal(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = RetryAfter.Of(wait);
        return Identified.Refused(ErrorCode.TooMany);
    }
}

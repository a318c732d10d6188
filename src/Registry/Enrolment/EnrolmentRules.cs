namespace Agents.Registry.Enrolment;

/// <summary>What a device that comes with a token is told. Pure.</summary>
internal static class EnrolmentRules
{
    /// <summary>A token that was used just before its end can still be shown once more, for an answer that got lost.</summary>
    private static readonly TimeSpan RepeatableFor = TimeSpan.FromMinutes(10);

    public enum Verdict
    {
        /// <summary>A device that nobody knew.</summary>
        Enrol,

        /// <summary>A known device, and the token was made for it: new key, new token.</summary>
        EnrolAgain,

        /// <summary>The same question as before: the same answer.</summary>
        Repeat,

        Used,
        Expired,
        Foreign,

        /// <summary>Claims to be a device that is somebody else.</summary>
        Ghost,
    }

    /// <param name="known">A device of this id is there.</param>
    /// <param name="holdsItsToken">The device is still let in by what this enrolment gave it.</param>
    public static Verdict Judge(EnrolmentEntry token, string deviceId, string? keyId, bool known, bool holdsItsToken, DateTimeOffset now)
    {
        if (token.UsedAt is { } usedAt)
        {
            var repeated = token.UsedBy == deviceId && token.UsedKeyId == keyId && holdsItsToken;
            return repeated && (now < token.ExpiresAt || now < usedAt + RepeatableFor) ? Verdict.Repeat : Verdict.Used;
        }

        return now >= token.ExpiresAt ? Verdict.Expired
            : token.DeviceId is { } only && only != deviceId ? Verdict.Foreign
            : !known ? Verdict.Enrol
            : token.DeviceId is null ? Verdict.Ghost
            : Verdict.EnrolAgain;
    }

    public static string Sentence(Verdict verdict) => verdict switch
    {
        Verdict.Used => "This enrolment token was used already. Each enrols one device, once.",
        Verdict.Expired => "This enrolment token has expired.",
        Verdict.Foreign => "This enrolment token was made for another device.",
        Verdict.Ghost => "A device of this id is enrolled already. To enrol it again, make a token for it: POST devices/tokens with its device_id.",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "is no refusal"),
    };
}

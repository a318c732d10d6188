using System.ComponentModel.DataAnnotations;

namespace Agents.Gateway.Limits;

/// <summary>Section <c>Limits</c> (<c>Limits__SignedInPerSecond=...</c>). The defaults stop abuse and not work.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    /// <summary>Of a request; a route may have its own.</summary>
    [Range(1024, 1L << 40)]
    public long MaxBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>Requests per second of one signed-in person, over all their tokens and keys.</summary>
    [Range(1, 1_000_000)]
    public int SignedInPerSecond { get; set; } = 6_000;

    /// <summary>Requests per second without a credential, or with a bad one, from one address.</summary>
    [Range(1, 1_000_000)]
    public int StrangersPerSecond { get; set; } = 50;

    /// <summary>
    /// Requests per second from one address with a credential that only its service can judge: devices, agents, sockets.
    /// A site with thousands of devices behind one address comes back within seconds after a cut.
    /// </summary>
    [Range(1, 1_000_000)]
    public int UnverifiedPerSecond { get; set; } = 1_000;

    /// <summary>Failed sign-ins, counted for the address and for the account, in any <see cref="FailedSignInsWindow"/>.</summary>
    [Range(1, 1_000_000)]
    public int FailedSignIns { get; set; } = 10;

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FailedSignInsWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <exception cref="BadSetting">One of them is no number, or out of its bounds.</exception>
    public static LimitOptions Read(IConfiguration configuration)
    {
        try
        {
            var limits = configuration.GetSection(Section).Get<LimitOptions>() ?? new();
            Validator.ValidateObject(limits, new ValidationContext(limits), validateAllProperties: true);
            return limits;
        }
        catch (Exception e) when (e is InvalidOperationException or ValidationException)
        {
            throw new BadSetting($"a setting of {Section} cannot be used: {e.Message}");
        }
    }
}

using System.Buffers;
using Agents.Contracts;
using Agents.Gateway.Limits;
using Agents.ServiceDefaults.Envelopes;

namespace Agents.Gateway.SignIns;

/// <summary>Watches sign-ins go by and stops who guesses. Only wrong passwords count: a part that is down or a malformed body guessed nothing.</summary>
internal sealed class SignInGuard(LimitOptions limits, TimeProvider time)
{
    private readonly FailureCounts<UInt128> _addresses = new(limits.FailedSignIns, limits.FailedSignInsWindow, time);
    private readonly FailureCounts<string> _accounts = new(limits.FailedSignIns, limits.FailedSignInsWindow, time);

    public async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        if (await ReadAsync(context) is not { } body)
        {
            await EnvelopeWriter.WriteAsync(context, ErrorCode.Invalid, "The body is too large.", status: StatusCodes.Status413PayloadTooLarge);
            return;
        }

        var address = _addresses.Of(AddressKey.Of(context));
        var account = _accounts.Of(LoginBody.AccountOf(body));
        var failed = false;
        if (await address.TakePlaceAsync(context.RequestAborted) is { } wait)
        {
            await RefuseAsync(context, wait);
            return;
        }

        try
        {
            if (await account.TakePlaceAsync(context.RequestAborted) is { } accountWait)
            {
                await RefuseAsync(context, accountWait);
                return;
            }

            try
            {
                context.Request.Body = new MemoryStream(body, writable: false);
                await next(context);
                failed = context.Response.StatusCode == StatusCodes.Status401Unauthorized;
            }
            finally
            {
                account.GiveBack(failed);
            }
        }
        finally
        {
            address.GiveBack(failed);
        }
    }

    private static Task RefuseAsync(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = RetryAfter.Of(wait);
        return EnvelopeWriter.WriteAsync(context, ErrorCode.TooMany, "Too many failed sign-ins. Try again later.");
    }

    /// <summary>The whole body, or null where it is longer than any sign-in.</summary>
    private static async ValueTask<byte[]?> ReadAsync(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > LoginBody.MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

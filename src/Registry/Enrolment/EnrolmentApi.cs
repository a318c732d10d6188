using Agents.Contracts.Registry;
using Agents.Registry.Devices;
using Agents.ServiceDefaults.Audit;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Envelopes;
using Agents.ServiceDefaults.Secrets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using static Agents.Registry.Enrolment.EnrolmentRules;

namespace Agents.Registry.Enrolment;

/// <summary>How a machine becomes a device: an operator makes a token, the machine brings it back with its name and its key.</summary>
internal static class EnrolmentApi
{
    public static void AddEnrolment(this WebApplicationBuilder builder)
    {
        builder.AddMasterKey();
        builder.Services.AddSingleton<DeviceTokens>();
        builder.Services.AddScoped<Enrolments>();
        builder.Services.AddOptions<HeartbeatOptions>().BindConfiguration(HeartbeatOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHostedService<LocalDevice>();
    }

    public static void MapEnrolment(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/devices").WithTags("Devices");

        devices.MapPost("/tokens", CreateTokenAsync).RequireAuthorization(Policies.Operator);
        devices.MapPost("/register", RegisterAsync).AllowAnonymous();
    }

    private static async Task<Created<EnrolmentToken>> CreateTokenAsync(
        EnrolmentTokenRequest? request, RegistryDb db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = Opaque.New(EnrolmentEntry.Prefix);
        var enrolment = new EnrolmentEntry
        {
            // Random in all its bits: the device's token is made from it.
            Id = Guid.NewGuid(),
            Hash = Opaque.Hash(token),
            DeviceId = request?.DeviceId,
            Owner = caller.Id,
            CreatedAt = now,
            ExpiresAt = now + TimeSpan.FromSeconds(request?.ExpiresIn ?? EnrolmentTokenRequest.DefaultSeconds),
        };
        db.EnrolmentTokens.Add(enrolment);
        db.AuditOutbox.Add(AuditEntry.Of(caller, time, "enrolment_token.created", enrolment.DeviceId ?? "any", detail: $"until {enrolment.ExpiresAt:O}"));
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created((string?)null, new EnrolmentToken(token, enrolment.ExpiresAt));
    }

    private static async Task<Results<Ok<RegisteredDevice>, Invalid, NotSignedIn, Clash>> RegisterAsync(
        RegisterDeviceRequest request, Enrolments enrolments, IOptions<HeartbeatOptions> options, Caller caller, CancellationToken cancellationToken)
    {
        var key = request.PublicKey is { } text ? DevicePublicKey.Parse(text) : null;
        if (key is null && request.PublicKey is not null)
        {
            return new Invalid("public_key", "must be an ECDSA key on P-256: a SubjectPublicKeyInfo in base64 or PEM");
        }

        return await enrolments.RegisterAsync(request, key, caller, cancellationToken) switch
        {
            (_, { } token) => TypedResults.Ok(new RegisteredDevice(request.DeviceId, token, (int)options.Value.HeartbeatInterval.TotalSeconds)),
            (Verdict.Ghost, _) => new Clash(Sentence(Verdict.Ghost)),
            ({ } verdict, _) => new NotSignedIn(Sentence(verdict)),
            _ => new NotSignedIn("There is no such enrolment token."),
        };
    }
}

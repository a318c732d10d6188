using System.Net;
using Agents.Contracts;
using Agents.Contracts.Identity;
using Agents.Contracts.Registry;
using Agents.Realtime.Hub;
using Agents.Realtime.Presence;
using Agents.ServiceDefaults.Auth;
using Agents.ServiceDefaults.Devices;
using Microsoft.Extensions.Options;
using Refit;

namespace Agents.Realtime.Sockets;

/// <summary>Finds out who wants to come in. The same for all dialects.</summary>
internal sealed class Admission(
    IRegistryInternal registry, IIdentityInternal identity, TokenVerifier tokens, RegistryFeed feed, Connections connections, Guesses guesses, IOptions<HubOptions> options,
    TimeProvider time)
{
    /// <exception cref="RefusedException">It may not.</exception>
    public async Task<Peer> AdmitAsync(Credentials credentials, CancellationToken cancellationToken) => credentials.Role switch
    {
        "device" => await DeviceAsync(credentials.Bearer ?? credentials.Token, credentials.DeviceId, takesTasks: true, cancellationToken),
        "agent" => await AgentAsync(credentials.AgentToken ?? credentials.Bearer ?? credentials.Token, credentials.AgentId, credentials.Address, cancellationToken),
        "client" => await PersonAsync(credentials, watched: null, cancellationToken),
        null => throw new RefusedException(new(ErrorCode.Invalid, "role is missing: device, agent or client.")),
        _ => throw new RefusedException(new(ErrorCode.Invalid, "role must be device, agent or client.")),
    };

    /// <summary>The agent's own channel: for itself with its token, or for a person who watches it.</summary>
    public async Task<Peer> AdmitToAsync(string agentId, Credentials credentials, CancellationToken cancellationToken)
    {
        var secret = credentials.AgentToken ?? credentials.Bearer ?? credentials.Token;
        if (credentials.Ticket is null && secret is not null && Jwt.KeyIdOf(secret) is null)
        {
            return await AgentAsync(secret, agentId, credentials.Address, cancellationToken);
        }

        var person = await PersonAsync(credentials, agentId, cancellationToken);
        var agent = await FoundAsync(() => registry.GetAgentAsync(agentId, cancellationToken));
        return agent is not null && person.Sees(agent)
            ? person
            : throw new RefusedException(new(ErrorCode.NotFound, "There is no such agent, or it is not yours to see."));
    }

    /// <summary>
    /// Seed 001's channel: an agent with its own token is in; who has a device's token still has to say which of its agents it is.
    /// A device's token can't be guessed, so it is tried first, and whoever has one is kept waiting by nobody's guesses.
    /// </summary>
    public async Task<Peer> AdmitToNetworkAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        if ((credentials.Bearer ?? credentials.Token ?? credentials.AgentToken) is not { } token)
        {
            throw new RefusedException(new(ErrorCode.NotSignedIn, "A token is missing: a device's, or the agent's own."));
        }

        if (await FindDeviceAsync(token, takesTasks: true, cancellationToken) is { } device)
        {
            return connections.GuestsOf(device.Key).Count < options.Value.MaxAgentSocketsPerDevice
                ? new NewcomerPeer(device with { Agents = [] }, time.GetTimestamp()) { AsOf = device.AsOf }
                : throw new RefusedException(new(ErrorCode.TooMany, $"{options.Value.MaxAgentSocketsPerDevice} connections of this device are open. Close some of them first."));
        }

        // A device's that is no good any more is nobody's guess at an agent's.
        var agent = token.StartsWith(DeviceToken.Prefix, StringComparison.Ordinal)
            ? throw new RefusedException(Refusal.BadCredential("device's token"))
            : await FindAgentAsync(token, credentials.AgentId, credentials.Address, "token", cancellationToken);
        // What it has not said it does not take.
        return agent with { IsFlat = true, TakesTasks = false };
    }

    public async Task<DevicePeer> DeviceAsync(string? token, string? deviceId, bool takesTasks, CancellationToken cancellationToken)
    {
        if (token is null)
        {
            throw new RefusedException(new(ErrorCode.NotSignedIn, "The device's token is missing."));
        }

        var device = await FindDeviceAsync(token, takesTasks, cancellationToken) ?? throw new RefusedException(Refusal.BadCredential("device's token"));
        return deviceId is null || deviceId == device.Id
            ? device
            : throw new RefusedException(new(ErrorCode.NotAllowed, $"The token is not {deviceId}'s."));
    }

    private async Task<AgentPeer> AgentAsync(string? token, string? agentId, string? address, CancellationToken cancellationToken)
    {
        if (token is null || agentId is null)
        {
            throw new RefusedException(new(ErrorCode.NotSignedIn, $"{(token is null ? "agent_token" : "agent_id")} is missing."));
        }

        return await FindAgentAsync(token, agentId, address, "agent's id or token", cancellationToken);
    }

    private async Task<DevicePeer?> FindDeviceAsync(string token, bool takesTasks, CancellationToken cancellationToken)
    {
        var asOf = await feed.LastAsync(cancellationToken);
        return await FoundAsync(() => registry.AuthenticateDeviceAsync(new(token), cancellationToken)) is { } device
            ? new(device.Id, device.TokenVersion, device.Keys, takesTasks) { Owner = device.Owner, Agents = device.Agents, AsOf = asOf }
            : null;
    }

    /// <param name="agentId">Null: whoever has the token. Then the guesses at all agents count as one's.</param>
    private async Task<AgentPeer> FindAgentAsync(string token, string? agentId, string? address, string what, CancellationToken cancellationToken)
    {
        if (agentId is not null && !Ids.IsValid(agentId))
        {
            throw new RefusedException(Refusal.BadCredential(what));
        }

        var guessed = agentId ?? "";
        if (guesses.AreTooMany(guessed, address))
        {
            throw new RefusedException(new(ErrorCode.TooMany, "Its token was wrong too often. Try again in a minute."));
        }

        var asOf = await feed.LastAsync(cancellationToken);
        if (await FoundAsync(() => registry.AuthenticateAgentAsync(new(token, agentId), cancellationToken)) is not { } agent)
        {
            guesses.Failed(guessed, address);
            throw new RefusedException(Refusal.BadCredential(what));
        }

        return new(agent) { AsOf = asOf };
    }

    private async Task<PersonPeer> PersonAsync(Credentials credentials, string? watched, CancellationToken cancellationToken)
    {
        var token = credentials.Ticket is { } ticket
            ? (await FoundAsync(() => identity.RedeemTicketAsync(new(ticket), cancellationToken)))?.AccessToken
            : credentials.Bearer ?? credentials.Token;
        if (token is null)
        {
            throw new RefusedException(credentials.Ticket is null
                ? new(ErrorCode.NotSignedIn, "An access token or a ticket is missing.")
                : Refusal.BadCredential("ticket"));
        }

        var claims = await tokens.VerifyAsync(token, cancellationToken) ?? throw new RefusedException(Refusal.BadCredential("access token"));
        if (!claims.Roles.Any(Roles.OfPeople.Contains))
        {
            throw new RefusedException(new(ErrorCode.NotAllowed, "role=client is for people."));
        }

        var person = new PersonPeer(claims, credentials.ClientId ?? Guid.NewGuid().ToString(), watched, credentials.LastEventId);
        return connections.OthersOf(person) < options.Value.MaxSocketsPerPerson
            ? person
            : throw new RefusedException(new(ErrorCode.TooMany, $"{options.Value.MaxSocketsPerPerson} connections of yours are open. Close some of them first."));
    }

    private static async Task<T?> FoundAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}

internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal => refusal;
}

using Agents.Contracts.Posts;

namespace Agents.Contracts.Registry;

/// <summary>The secrets of an agent, kept beside it so that they go with it. Only Posts can open them.</summary>
public sealed record AgentSecrets(KnownAgent Agent, IReadOnlyList<SecretView> Items);

public sealed record SealedSecrets(IReadOnlyList<SealedSecret> Items);

/// <param name="Key">The data key of this secret, wrapped by the master key.</param>
/// <param name="Value">Sealed with that key.</param>
public sealed record SealedSecret(string Name, int Version, byte[] Key, byte[] Value);

/// <param name="By">The person who writes it.</param>
/// <param name="Owner">Whose agent it was when that was allowed; null where it doesn't matter.</param>
public sealed record SealSecret(string By, byte[] Key, byte[] Value, string? Owner = null);

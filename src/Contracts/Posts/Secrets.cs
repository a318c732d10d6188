using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Contracts.Scheduler;

namespace Agents.Contracts.Posts;

/// <summary>A secret of a post or of an agent: written, and never read again by any request.</summary>
/// <param name="Value">What a variable can hold: text without a null character.</param>
public sealed record SecretRequest(string? Value = null) : IValidated
{
    public const int MaxBytes = 64 * 1024;

    /// <summary>Of one post, and of one agent.</summary>
    public const int MostSecrets = 100;

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public void Validate(Problems problems)
    {
        problems.Unknown(Unknown);
        if (problems.Required(Value))
        {
            problems.Bytes(Value, MaxBytes);
        }
    }

    /// <summary>Nothing that prints requests shall print this.</summary>
    public override string ToString() => nameof(SecretRequest);
}

/// <summary>All that is ever told of a secret.</summary>
/// <param name="Version">Rises with each value that it was given.</param>
/// <param name="UpdatedBy">A person's id.</param>
public sealed record SecretView(string Name, int Version, DateTimeOffset UpdatedAt, string UpdatedBy);

/// <param name="Attempt">As the order had it.</param>
public sealed record TaskSecretsRequest(int? Attempt = null) : IValidated
{
    public void Validate(Problems problems) => problems.Attempt(Attempt);
}

/// <summary>For whoever runs the task, and nobody else.</summary>
/// <param name="Environment">The variables that are secrets, and only those, with their values: what is in here is taken out of all that is told of the work.</param>
public sealed record TaskSecrets(IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Nothing that prints answers shall print this.</summary>
    public override string ToString() => nameof(TaskSecrets);
}

using System.Text.Json.Serialization;

namespace Agents.Contracts;

/// <summary>What every JSON answer of the public API looks like, good or bad.</summary>
public sealed record Envelope<T>(int Code, string Message, T? Data, string RequestId);

/// <summary>The data of an answer with code 1001: each wrong field and what is wrong with it.</summary>
public sealed record FieldErrors(IReadOnlyDictionary<string, string[]> Errors);

/// <summary>A list answer. <see cref="Total"/> is exact up to 10,000; beyond, <see cref="TotalCapped"/> says so.</summary>
public sealed record ListOf<T>(
    IReadOnlyList<T> Items,
    long Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? TotalCapped = null)
{
    public const int Cap = 10_000;

    public static ListOf<T> Of(IReadOnlyList<T> items) => new(items, items.Count);

    /// <param name="counted">A count that was stopped at one more than <see cref="Cap"/>.</param>
    public static ListOf<T> Capped(IReadOnlyList<T> items, long counted) =>
        counted > Cap ? new(items, Cap, true) : new(items, counted);
}

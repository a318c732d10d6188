using System.Text.Json;
using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Agents.Contracts.Posts;

/// <summary>A post as it was from a moment on. It never changes.</summary>
/// <param name="Restores">The version that it brought back, where it did.</param>
public sealed record PostVersionView(
    int Number, PostAuthor Author, string Note, int? Restores, DateTimeOffset At, string Name, string Description, PostTemplate Template);

/// <summary>A version in a list, without its template.</summary>
public sealed record PostVersionRow(int Number, PostAuthor Author, string Note, int? Restores, DateTimeOffset At, string Name);

public sealed record PostAuthor(string Id, string Name);

public sealed record PostComparison(int From, int To, IReadOnlyList<PostDifference> Items);

/// <param name="Path">Of name, description and template, as in <c>template.limits.cpu</c>.</param>
/// <param name="From">Left out where it is new.</param>
/// <param name="To">Left out where it is gone.</param>
public sealed record PostDifference(
    string Path,
    [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? From,
    [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? To);

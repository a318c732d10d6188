namespace Agents.Contracts;

/// <summary>An answer that says no more than that it is done: <c>{}</c>.</summary>
public sealed record Nothing;

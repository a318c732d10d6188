namespace Refit.Generator.Model;

/// <summary>One thing a call does to its request, in the order in which it is done.</summary>
internal abstract record Step;

internal sealed record LiteralStep(string Text) : Step;

internal sealed record PathStep(string Argument, string Name, string Type, bool RoundTrip, string? Format) : Step;

internal sealed record FixedQueryStep(string Key, string Value) : Step;

/// <summary>Key is C#: a literal, or the call that asks the settings for it.</summary>
internal sealed record QueryStep(string Key, string Value, string Type, string? Format, bool IsMany, string? CollectionFormat) : Step;

/// <summary>Value is C#; null takes the header away.</summary>
internal sealed record HeaderStep(string Name, string? Value) : Step;

internal sealed record BodyStep(string Argument, string Serialization, bool? Buffered) : Step;

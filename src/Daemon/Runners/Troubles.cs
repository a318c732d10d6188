using System.Globalization;
using System.Text.RegularExpressions;

namespace Agents.Daemon.Runners;

/// <summary>What is behind a failure that a program tells in words or by a status of HTTP. Pure.</summary>
internal static partial class Troubles
{
    public static RunEnd Of(string message, long? status = null, DateTimeOffset? opens = null) => Kind(message, status) switch
    {
        Trouble.Quota => Quota(message, opens),
        Trouble.Auth => new(Outcome.Auth, Error: $"It is not signed in to its provider: {message}"),
        Trouble.Full => Full(message),
        _ => new(Outcome.Failed, Error: message),
    };

    public static RunEnd Quota(string message, DateTimeOffset? opens) => new(
        Outcome.Quota, Error: opens is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"{message} (its provider's limit is reached; it opens again at {at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'})")
            : $"{message} (its provider's limit is reached; it did not say when it opens again)");

    /// <summary>The conversation holds no more.</summary>
    public static RunEnd Full(string message) => new(Outcome.Failed, Error: $"Its conversation is full: {message}", Retryable: true, IsSpent: true);

    /// <summary>It would be the same the next time.</summary>
    public static RunEnd Refusal(string message) => new(Outcome.Failed, Error: $"The model refused: {message}", Retryable: false);

    public static RunEnd Crash(string what, int exitCode, string lastWords)
    {
        var words = lastWords.Trim();
        var because = words.Length == 0 ? "" : $": {(words.Length > 2_000 ? "… " + words[^2_000..] : words)}";
        return new(Outcome.Crashed, Error: $"{what} (exit code {exitCode}){because}");
    }

    private static Trouble Kind(string message, long? status) =>
        status is 429 ? Trouble.Quota
        : status is 401 or 403 ? Trouble.Auth
        : FullWords().IsMatch(message) ? Trouble.Full
        : AuthWords().IsMatch(message) ? Trouble.Auth
        : QuotaWords().IsMatch(message) ? Trouble.Quota
        : Trouble.Other;

    [GeneratedRegex(@"context (window|length)|prompt is too long|maximum context|too many tokens|conversation (is )?too long", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FullWords();

    [GeneratedRegex(@"\b40[13]\b|unauthori[sz]ed|authenticat|api[- ]key|not (signed|logged) in|please (run )?/?login|\blog ?in\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AuthWords();

    [GeneratedRegex(@"\b429\b|rate.?limit|(usage|your|spending|hourly|daily|weekly) limit|limit reached|quota|too many requests|insufficient (credit|fund|balance)|credit balance", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex QuotaWords();

    private enum Trouble
    {
        Other,
        Quota,
        Auth,
        Full,
    }
}

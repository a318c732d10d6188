using System.Text.Json;

namespace Agents.Daemon.Runners;

/// <summary>What a runner has to tell while the program works. Nothing in it blocks.</summary>
internal interface IVoice
{
    /// <summary>It said something, whatever it was.</summary>
    void Heard();

    /// <summary>A piece of text, cut anywhere, of kind <c>text</c>, <c>thinking</c> or <c>log</c>.</summary>
    /// <returns>What may be kept of it: without secrets. Some of it may come with the next piece.</returns>
    string Text(string kind, ReadOnlySpan<char> piece);

    /// <summary>No more of this kind.</summary>
    string EndOfText(string kind);

    /// <summary>Of kind <c>tool</c>, <c>usage</c> or <c>status</c>.</summary>
    void Say(string kind, JsonElement data);

    /// <summary>As soon as it is known: a crash then keeps it.</summary>
    void Session(string id);
}

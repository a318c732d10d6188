namespace Agents.Gateway;

/// <summary>A setting that nothing can be started with. Its message is one sentence that says what to do.</summary>
internal sealed class BadSetting(string message) : Exception(message);

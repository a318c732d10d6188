namespace Agents.Tests.App.Work.Model;

/// <summary>What was done, step by step, for who has to find out why it went wrong.</summary>
internal sealed class Story(int seed)
{
    private const int MostFaults = 4;

    private readonly List<string> _faults = [];
    private readonly List<(int Step, ModelTask? Task, string What)> _told = [];

    public int Step { get; set; }

    public void Tell(ModelTask? task, string what) => _told.Add((Step, task, $"{TimeProvider.System.GetUtcNow():mm:ss.fff} {what}"));

    /// <summary>The run goes on for a while, for what else may be wrong.</summary>
    public void Fault(ModelTask? task, string what)
    {
        _faults.Add(Text(task, what));
        if (_faults.Count == MostFaults)
        {
            ThrowFaults();
        }
    }

    public void ThrowFaults()
    {
        if (_faults.Count > 0)
        {
            throw new ModelFault(string.Join("\n\n", _faults));
        }
    }

    /// <summary>After this it makes no sense to go on.</summary>
    public Exception Wrong(ModelTask? task, string what) => new ModelFault(string.Join("\n\n", [.. _faults, Text(task, what)]));

    private static string Lines(IEnumerable<(int Step, ModelTask? Task, string What)> told) =>
        string.Join('\n', told.Select(line => $"  {line.Step} {line.Task?.Name} {line.What}"));

    private string Text(ModelTask? task, string what) =>
        $"""
        seed {seed}, step {Step}: {task?.Name} {task?.Id} {what}
        Run it again with MODEL_SEEDS={seed}. What was done with it:
        {Lines(_told.Where(told => task is not null && told.Task == task).TakeLast(30))}
        What it says of itself:
          {string.Join("\n  ", task?.Happenings.TakeLast(25) ?? [])}
        The last that was done:
        {Lines(_told.TakeLast(20))}
        """;
}

internal sealed class ModelFault(string message) : Exception(message);

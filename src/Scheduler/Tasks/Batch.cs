using Agents.Contracts;
using Agents.Contracts.Scheduler;

namespace Agents.Scheduler.Tasks;

/// <summary>The tasks of one batch: those that can be stored, and what is wrong with the others.</summary>
internal sealed class Batch
{
    private readonly FieldErrors?[] _wrong;
    private readonly int[] _places;

    private Batch(IReadOnlyList<NewTask> tasks, int[] places, FieldErrors?[] wrong) => (Tasks, _places, _wrong) = (tasks, places, wrong);

    public IReadOnlyList<NewTask> Tasks { get; }

    public static Batch Of(IReadOnlyList<SubmitTaskRequest> requests, Submission submission, Submitter by)
    {
        var wrong = new FieldErrors?[requests.Count];
        Mark(wrong, BatchRefs.Doubled(requests), "ref", "is another task's of this batch");
        Mark(wrong, BatchRefs.Circular(requests), "depends_on", "goes round in a circle");

        Guid[] ids = [.. requests.Select(_ => submission.NewId())];
        var refs = requests.Index().Where(r => r.Item.Ref is not null && wrong[r.Index] is null).ToDictionary(r => r.Item.Ref!, r => ids[r.Index]);
        var tasks = new NewTask?[requests.Count];
        for (var again = true; again;)
        {
            again = false;
            for (var i = 0; i < requests.Count; i++)
            {
                if (wrong[i] is null && (tasks[i] is null || tasks[i]!.DependsOn.Except(refs.Values).Intersect(ids).Any()))
                {
                    (tasks[i], wrong[i]) = submission.Check(requests[i], by, ids[i], refs, i);
                    // Whoever waits for one that is not stored can't be stored either.
                    again |= wrong[i] is not null && requests[i].Ref is { } name && refs.Remove(name);
                }
            }
        }

        int[] places = [.. Enumerable.Range(0, requests.Count).Where(i => wrong[i] is null)];
        return new([.. places.Select(i => tasks[i]!)], places, wrong);
    }

    /// <summary>Field by field, each under its task's place: null where there is nothing wrong.</summary>
    public FieldErrors? Problems(IReadOnlyList<Submitted>? submitted = null)
    {
        var errors = _wrong.Index().Where(w => w.Item is not null)
            .SelectMany(w => w.Item!.Errors.Select(e => KeyValuePair.Create($"tasks[{w.Index}].{e.Key}", e.Value)))
            .Concat((submitted ?? []).Index().Where(s => s.Item is Submitted.Refused)
                .Select(s => (Place: _places[s.Index], Refused: (Submitted.Refused)s.Item))
                .Select(s => KeyValuePair.Create($"tasks[{s.Place}].{s.Refused.Field}", new[] { s.Refused.Problem })))
            .ToDictionary();
        return errors.Count > 0 ? new(errors) : null;
    }

    public IReadOnlyList<BatchItem> Answer(IReadOnlyList<Submitted> submitted)
    {
        BatchItem[] items = [.. _wrong.Select(w => w is null ? new() : WrongItem(w.Errors))];
        for (var i = 0; i < submitted.Count; i++)
        {
            items[_places[i]] = submitted[i] switch
            {
                Submitted.Stored stored => new(stored.Id.ToString(), stored.Status),
                Submitted.Refused refused => WrongItem(new Dictionary<string, string[]> { [refused.Field] = [refused.Problem] }),
                Submitted.Rejected rejected => new(Code: (int)ErrorCode.Clash, Message: $"There is a task with this dedup_key: {rejected.Existing}."),
                _ => throw new InvalidOperationException($"What is {submitted[i]}?"),
            };
        }

        return items;
    }

    private static BatchItem WrongItem(IReadOnlyDictionary<string, string[]> errors) => new(
        Code: (int)ErrorCode.Invalid, Message: string.Join("; ", errors.Select(e => $"{e.Key} {e.Value[0]}")), Errors: errors);

    private static void Mark(FieldErrors?[] wrong, IEnumerable<int> places, string field, string problem)
    {
        foreach (var place in places)
        {
            wrong[place] ??= new(new Dictionary<string, string[]> { [field] = [problem] });
        }
    }
}

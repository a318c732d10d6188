using Agents.Scheduler.Dispatch;

namespace Agents.Tests.Units.Scheduler;

public sealed class SlotsModelTests
{
    /// <summary>Against a plain list of who has what: whatever comes in whatever order, twice or never, places are counted once.</summary>
    [Fact]
    public void AnyWords_InAnyOrder_CountEachAttemptOnce()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (slots, taken, reserved) = (new Slots(), new Dictionary<(Guid, int), string>(), new List<string>());
        Guid[] tasks = [.. Enumerable.Range(1, 6).Select(Lines.Id)];
        for (var step = 0; step < 5_000; step++)
        {
            var (task, attempt, agent) = (tasks[random.Next(6)], random.Next(1, 3), $"{random.Next(3)}");
            switch (random.Next(7))
            {
                case 0:
                    slots.Reserve(agent, DeviceOf(agent), step);
                    reserved.Add(agent);
                    break;
                case 1 when reserved.Count > 0:
                    slots.Unreserve(reserved[0], DeviceOf(reserved[0]), step);
                    reserved.RemoveAt(0);
                    break;
                case 2 when reserved.Count > 0:
                    slots.Name(task, attempt, reserved[0], DeviceOf(reserved[0]), step);
                    taken.TryAdd((task, attempt), reserved[0]);
                    reserved.RemoveAt(0);
                    break;
                case 3 or 4:
                    slots.Take(task, attempt, agent, DeviceOf(agent), step);
                    taken.TryAdd((task, attempt), agent);
                    break;
                case 5:
                    taken.Remove((task, attempt), out var had);
                    Assert.True(had == slots.Free(task, attempt, step), $"seed {seed}, step {step}");
                    break;
                case 6 when random.Next(10) == 0:
                    var kept = taken.Keys.Where(_ => random.Next(2) == 0).ToHashSet();
                    var others = taken.Keys.Except(kept).ToList();
                    Assert.True(slots.KeepOnly(kept, step) == others.Count > 0, $"seed {seed}, step {step}");
                    others.ForEach(key => taken.Remove(key));
                    break;
            }

            List<string> all = [.. taken.Values, .. reserved];
            foreach (var each in new[] { "0", "1", "2" })
            {
                var burden = slots.Of(each, DeviceOf(each));
                Assert.True(burden.Running == all.Count(one => one == each), $"seed {seed}, step {step}, agent {each}");
                Assert.True(burden.DeviceRunning == (each == "2" ? 0 : all.Count(one => one != "2")), $"seed {seed}, step {step}, device of {each}");
            }
        }
    }

    /// <summary>Two share one, the third has none.</summary>
    private static string? DeviceOf(string agent) => agent == "2" ? null : "d";
}

using Agents.Contracts.Realtime.Groups;
using Agents.Realtime.Groups.Log;

namespace Agents.Realtime.Groups;

/// <summary>What is said, by whatever way it comes.</summary>
internal sealed class Conversation(MessageLog log, PostStaff staff, TimeProvider time)
{
    public async Task<Appended> SayAsync(Speaker speaker, string groupId, SayRequest said, EntrySignature? signature, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await log.AppendAsync(
            new(Guid.CreateVersion7(now), groupId, EntryKind.Message, speaker.Key, speaker.Name, said.Content, now)
            {
                ReplyTo = said.ReplyTo is { } answered ? Guid.Parse(answered) : null,
                Attachments = [.. (said.Attachments ?? []).Select(Guid.Parse).Distinct()],
                DedupKey = said.DedupKey,
                Signature = signature,
                Staff = await staff.OfMentionedAsync(said.Content, cancellationToken),
            },
            cancellationToken);
    }

    /// <param name="moderates">May take away what others have said.</param>
    public async Task<Appended> ChangeAsync(
        Speaker speaker, string groupId, Guid target, string kind, string content, bool moderates, EntrySignature? signature, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await log.AppendAsync(
            new(Guid.CreateVersion7(now), groupId, kind, speaker.Key, speaker.Name, content, now) { Target = target, Moderates = moderates, Signature = signature },
            cancellationToken);
    }
}

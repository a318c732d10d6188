namespace Agents.Contracts.Realtime.Groups;

/// <summary>What may be said in a group, by whatever way it comes.</summary>
public static class SaidText
{
    /// <summary>With all that a frame brings along it stays under what a frame may have.</summary>
    public const int MaxBytes = 32 * 1024;
    public const int MaxAttachments = 10;

    /// <summary>Of what is signed: it is told to all readers, in base64 and beside the content. The longest content has room, written as JSON.</summary>
    public const int MaxSignedBytes = 72 * 1024;

    public static void Validate(Problems problems, string? content, string? replyTo, IReadOnlyList<string>? attachments, string? dedupKey = null)
    {
        // A picture may say it all.
        if (attachments is null or [] && problems.Required(content) && string.IsNullOrWhiteSpace(content))
        {
            problems.Add("content", "must not be empty");
        }

        problems.Bytes(content, MaxBytes);
        if (content?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) is true)
        {
            problems.Add("content", "must not contain control characters");
        }

        if (replyTo is not null && !Guid.TryParse(replyTo, out _))
        {
            problems.Add("reply_to", "must be the id of a message");
        }

        if (attachments?.Count > MaxAttachments)
        {
            problems.Add("attachments", $"must be at most {MaxAttachments}");
        }
        else if (attachments?.Any(id => !Guid.TryParse(id, out _)) is true)
        {
            problems.Add("attachments", "must be ids of what was uploaded to this group");
        }

        problems.OptionalText(dedupKey, 1, 128);
    }
}

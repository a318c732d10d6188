using Agents.Realtime.Groups;
using Agents.Realtime.Groups.Attachments;
using Agents.Realtime.Groups.Log;
using Agents.Realtime.Groups.People;
using Agents.Realtime.Groups.Works;
using Microsoft.EntityFrameworkCore;

namespace Agents.Realtime;

internal sealed class RealtimeDb(DbContextOptions<RealtimeDb> options) : ServiceDb(options)
{
    public DbSet<Group> Groups => Set<Group>();

    public DbSet<GroupMember> Members => Set<GroupMember>();

    public DbSet<LogEntry> Entries => Set<LogEntry>();

    public DbSet<GroupThread> Threads => Set<GroupThread>();

    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<AttachmentChunk> AttachmentChunks => Set<AttachmentChunk>();

    public DbSet<GroupWork> Works => Set<GroupWork>();

    public DbSet<PersonHere> PeopleHere => Set<PersonHere>();

    protected override void Describe(ModelBuilder model)
    {
        Group.Describe(model.Entity<Group>());
        GroupMember.Describe(model.Entity<GroupMember>());
        LogEntry.Describe(model.Entity<LogEntry>());
        GroupThread.Describe(model.Entity<GroupThread>());
        InboxRow.Describe(model.Entity<InboxRow>());
        GroupWork.Describe(model.Entity<GroupWork>());
        Attachment.Describe(model.Entity<Attachment>());
        AttachmentChunk.Describe(model.Entity<AttachmentChunk>());
        PersonHere.Describe(model.Entity<PersonHere>());
    }
}

using Agents.Contracts.Realtime.Groups;
using static Agents.Tests.Units.Realtime.Groups.SignedLog;

namespace Agents.Tests.Units.Realtime.Groups;

public sealed class LogCheckTests
{
    private readonly GroupEntry _first = Message();

    private GroupEntry Edited => _first with { Content = "put right", EditedAt = Now };

    [Fact]
    public void Take_AnEditedMessageAndItsEdits_AreVerified() => Finds([], Edited, Edit(_first, 2, "put wrong"), Edit(_first, 3, "put right"));

    [Fact]
    public void Take_AMessageThatSaysOtherThanItsLastEdit_IsForged()
    {
        Finds(["1 it says something else than its last edit"], Edited with { Content = "put wrong" }, Edit(_first, 2, "put wrong"), Edit(_first, 3, "put right"));
        Finds(["1 it says something else than its last edit"], Edited);
        Finds(["2 its message is shown as never edited"], _first, Edit(_first, 2, "put right"));
        Finds(["2 what is signed has another content"], Edited, Edit(_first, 2, "put wrong") with { Content = "put right" });
    }

    [Fact]
    public void Take_AnEditByWhoDidNotSayIt_IsForged()
    {
        Finds(["2 its message is another's"], Edited, Edit(_first, 2, "put right") with { FromKind = MemberKind.User, FromId = "u", Sig = null });
        Finds(["2 its message is signed, and it is not"], Edited, Edit(_first, 2, "put right") with { Sig = null, TaskId = "t" });
    }

    [Fact]
    public void Take_EntriesThatLack_AreMissed()
    {
        Finds(["3 entries before it are missing"], _first, Message(3));
        Finds(["5 the log ends before it"], head: 5, after: 0, _first, Message(2));
        Finds([], head: 8, after: 6, Message(7), Message(8));
    }

    [Fact]
    public void Take_OneSignatureTwice_IsForged() =>
        Finds(["2 its signature stands in another entry already"], _first, _first with { Seq = 2, Id = Guid.NewGuid().ToString() });

    [Fact]
    public void Take_ADeletionThatNobodyMade_IsForged()
    {
        var gone = _first with { Content = "", Sig = null, DeletedAt = Now };

        Finds([], gone, Edit(_first, 2, "x") with { Content = "", Sig = null, DeletedAt = Now }, Entry(3, EntryKind.Delete, "") with { Target = gone.Id });
        Finds(["1 it is shown as deleted, and nobody has deleted it"], gone, Message(2));
    }

    [Fact]
    public void Again_EditedWhileItWasRead_IsRight()
    {
        var check = new LogCheck(0, 2);
        check.Take(Edited with { Content = "put wrong" }, Keys);
        check.Take(Edit(_first, 2, "put wrong"), Keys);
        check.Take(Edit(_first, 3, "put right"), Keys);

        Assert.Single(check.Wrong());
        check.Again(Edited);
        Assert.Empty(check.Wrong());
    }

    private static void Finds(string[] wrong, params GroupEntry[] log) => Finds(wrong, log[^1].Seq, 0, log);

    private static void Finds(string[] wrong, long head, long after, params GroupEntry[] log)
    {
        var check = new LogCheck(after, head);
        var found = log.Select(entry => (entry.Seq, Found: check.Take(entry, Keys))).ToList();

        Assert.Equal(
            wrong,
            found.Where(each => each.Found.Verdict is EntryVerdict.Forged).Select(each => $"{each.Seq} {each.Found.Why}").Concat(check.Wrong().Select(suspect => $"{suspect.Seq} {suspect.Why}")));
    }
}

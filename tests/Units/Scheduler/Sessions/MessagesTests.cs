using System.Text.Json;
using Agents.Scheduler.Sessions;

namespace Agents.Tests.Units.Scheduler.Sessions;

public sealed class MessagesTests
{
    [Fact]
    public void Of_CrumbsOfAText_IsOneMessageUnderItsLastNumber()
    {
        var messages = Messages.Of([
            Said(0, "prompt", text: "hi"), Said(3, "thinking", "\"hm\""), Said(4, "text", "\"a\""), Said(5, "text", "\"b\""), Said(6, "text", "\"c\"", attempt: 2), Said(7, "tool", """{"name":"t"}"""),
            Said(8, "state", """{"text":"abc","n":1}""", status: "done"),
        ]);

        Assert.Equal(["prompt hi", "thinking hm", "text ab", "text c", "tool ", "result abc"], messages.Select(message => $"{message.Kind} {message.Text}"));
        Assert.Equal(["0", "3", "5", "6", "7", "8"], messages.Select(message => message.Id.Split('.')[1]));
        Assert.Equal((default(Guid), 5L), Messages.Place(messages[2].Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("x.5")]
    [InlineData("00000000-0000-0000-0000-000000000001.-5")]
    public void Place_OfWhatIsNoId_IsNone(string id) => Assert.Null(Messages.Place(id));

    [Fact]
    public void Of_TextThatIsNoText_IsKeptAsItCame() => Assert.Null(Messages.Of([Said(1, "text", """["\ud800"]""")])[0].Text);

    [Fact]
    public void Markdown_OfAnAnswer_SaysItOnceAndFencesWhatIsNoText()
    {
        var messages = Messages.Of([
            Said(0, "prompt", text: "do"), Said(1, "thinking", "\"a\\nb\""), Said(2, "tool", """{"code":"```x```"}"""), Said(3, "text", "\"ok\""),
            Said(4, "state", """{"text":"ok"}""", status: "done"), Said(5, "state", """{"kind":"failed","message":"no"}""", status: "failed"),
        ]);

        var text = string.Concat(messages.Select((message, n) => SessionMarkdown.Of(message, n == 0 ? null : messages[n - 1]))).ReplaceLineEndings("\n");

        Assert.Equal(
            "\n## User (0001-01-01 00:00:00 UTC)\n\ndo\n\n## Assistant (0001-01-01 00:00:00 UTC)\n\n> a\n> b\n\n````json\n{\n  \"code\": \"```x```\"\n}\n````\n\nok\n\n**Failed:** no\n", text);
    }

    private static Said Said(long number, string kind, string? data = null, string? text = null, string? status = null, int attempt = 1) =>
        new(default, number, kind, status, attempt, "agent", default, text, data is null ? null : JsonElement.Parse(data));
}

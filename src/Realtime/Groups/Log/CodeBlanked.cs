namespace Agents.Realtime.Groups.Log;

/// <summary>A text in which what Markdown has as code is blank, so that all else stands where it stood. Pure.</summary>
internal static class CodeBlanked
{
    public static string Of(string text)
    {
        if (!text.Contains('`'))
        {
            return text;
        }

        var plain = text.ToCharArray();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is not '`')
            {
                at++;
                continue;
            }

            var marks = MarksAt(text, at);
            var end = EndOf(text, at + marks, marks);
            // Marks that nothing closes are but marks, save a fence: that goes to the end.
            var until = end >= 0 ? end + marks : marks >= 3 ? text.Length : at + marks;
            Array.Fill(plain, ' ', at, until - at);
            at = until;
        }

        return new(plain);
    }

    private static int MarksAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] is '`')
        {
            end++;
        }

        return end - at;
    }

    private static int EndOf(string text, int from, int marks)
    {
        for (var at = text.IndexOf('`', from); at >= 0;)
        {
            var here = MarksAt(text, at);
            if (here == marks)
            {
                return at;
            }

            at = text.IndexOf('`', at + here);
        }

        return -1;
    }
}

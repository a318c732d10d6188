using System.Globalization;

namespace Agents.Hosting.Engine;

/// <summary>The user that runs the servers which refuse to run as root.</summary>
internal sealed record ServerUser(string Name, int UserId, int GroupId)
{
    public IEnumerable<string> ToArguments() =>
        ["--reuid", Text(UserId), "--regid", Text(GroupId), "--clear-groups", "--no-new-privs"];

    /// <summary>postgres, else nobody; null where this process is not root.</summary>
    public static ServerUser? Find()
    {
        if (!OperatingSystem.IsLinux() || !System.Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(f => f.Length > 3)
            .ToLookup(f => f[0], f => new ServerUser(f[0], Number(f[2]), Number(f[3])));
        return users["postgres"].Concat(users["nobody"]).FirstOrDefault() ?? new ServerUser("nobody", 65534, 65534);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

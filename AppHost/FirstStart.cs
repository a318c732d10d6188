namespace Agents.AppHost;

/// <summary>Tells the admin's address and password once in the life of a data folder.</summary>
internal static class FirstStart
{
    public static async Task TellAsync(string data, string email, ParameterResource password, CancellationToken cancellationToken)
    {
        // Written when it was told, so that a first start that failed before leaves it to the next.
        var told = Path.Combine(data, "admin-told");
        if (File.Exists(told))
        {
            return;
        }

        Console.WriteLine($"Sign in as {email}");
        Console.WriteLine($"  password {await password.GetValueAsync(cancellationToken)}");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(told, email + Environment.NewLine, cancellationToken);
    }
}

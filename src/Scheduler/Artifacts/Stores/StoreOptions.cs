using Microsoft.Extensions.Options;

namespace Agents.Scheduler.Artifacts.Stores;

/// <summary>Section <c>Artifacts</c>: nothing of it, and files lie in the database.</summary>
internal sealed class StoreOptions
{
    public const string Section = "Artifacts";

    public S3Options? S3 { get; set; }

    public AzureOptions? Azure { get; set; }
}

/// <summary><c>Artifacts__S3__Endpoint=https://...</c>: any service that speaks S3, addressed by path.</summary>
internal sealed class S3Options
{
    public string Endpoint { get; set; } = "";

    public string Bucket { get; set; } = "";

    public string Region { get; set; } = "us-east-1";

    public string AccessKey { get; set; } = "";

    public string SecretKey { get; set; } = "";
}

/// <summary><c>Artifacts__Azure__ConnectionString=...</c>, with the account's key.</summary>
internal sealed class AzureOptions
{
    public string ConnectionString { get; set; } = "";

    public string Container { get; set; } = "";
}

/// <summary>Says at the start what is missing, by the name that the setting has.</summary>
internal sealed class StoreOptionsCheck : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        List<string> problems = [];
        if (options is { S3: not null, Azure: not null })
        {
            problems.Add("Artifacts__S3 and Artifacts__Azure are both set: only one of them can be the store.");
        }

        if (options.S3 is { } s3)
        {
            Need(problems, "Artifacts__S3__Bucket", s3.Bucket);
            Need(problems, "Artifacts__S3__Region", s3.Region);
            Need(problems, "Artifacts__S3__AccessKey", s3.AccessKey);
            Need(problems, "Artifacts__S3__SecretKey", s3.SecretKey);
            if (!IsAddress(s3.Endpoint))
            {
                problems.Add("Artifacts__S3__Endpoint must be an address such as https://s3.eu-central-1.amazonaws.com.");
            }
        }

        if (options.Azure is { } azure)
        {
            Need(problems, "Artifacts__Azure__Container", azure.Container);
            if (AzureAccount.Problem(azure.ConnectionString) is { } problem)
            {
                problems.Add($"Artifacts__Azure__ConnectionString {problem}.");
            }
        }

        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    public static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.UserInfo.Length == 0;

    private static void Need(List<string> problems, string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            problems.Add($"{name} must be set.");
        }
    }
}

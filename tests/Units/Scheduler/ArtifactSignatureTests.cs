using System.Text;
using Agents.Scheduler.Artifacts.Stores;

namespace Agents.Tests.Units.Scheduler;

/// <summary>The examples that the makers of the two protocols publish.</summary>
public sealed class ArtifactSignatureTests
{
    private static readonly DateTimeOffset At = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly S3Options Keys = new() { AccessKey = "AKIAIOSFODNN7EXAMPLE", SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Region = "us-east-1" };

    [Theory]
    [InlineData("GET", "/test.txt", "", "range=bytes=0-9", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")]
    [InlineData("PUT", "/test$file.text", "Welcome to Amazon S3.", "date=Fri, 24 May 2013 00:00:00 GMT;x-amz-storage-class=REDUCED_REDUNDANCY", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")]
    [InlineData("GET", "/?lifecycle", "", "", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("GET", "/?max-keys=2&prefix=J", "", "", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Sign_OfAnExampleOfAws_IsItsSignature(string method, string path, string body, string headers, string signature)
    {
        using var request = new HttpRequestMessage(new(method), $"https://examplebucket.s3.amazonaws.com{path}");
        foreach (var header in headers.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(h => h.Split('=', 2)))
        {
            request.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        SignatureV4.Sign(request, Encoding.UTF8.GetBytes(body), Keys, At);

        Assert.EndsWith($"Signature={signature}", request.Headers.NonValidated["Authorization"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToSign_OfAnExampleOfAzure_IsItsText()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=metadata&timeout=20");
        request.Headers.Add("x-ms-version", "2015-02-21");
        request.Headers.Add("x-ms-date", "Fri, 26 Jun 2015 23:39:12 GMT");

        Assert.Equal(
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20",
            new AzureAccount("myaccount", [1], "").ToSign(request));
    }

    [Fact]
    public void Validate_OfWhatIsMissing_NamesEachSetting()
    {
        var check = new StoreOptionsCheck();

        Assert.True(check.Validate(null, new()).Succeeded);
        Assert.Contains("Artifacts__S3__SecretKey must be set.", check.Validate(null, new() { S3 = new() { Endpoint = "s3.example.com", AccessKey = "a", Bucket = "b" } }).Failures!);
        Assert.Contains(check.Validate(null, new() { S3 = new() { Endpoint = "ftp://s3.example.com" } }).Failures!, f => f.StartsWith("Artifacts__S3__Endpoint", StringComparison.Ordinal));
        Assert.Contains(check.Validate(null, new() { Azure = new() { Container = "c", ConnectionString = "AccountName=a;AccountKey=!" } }).Failures!, f => f.StartsWith("Artifacts__Azure__ConnectionString", StringComparison.Ordinal));
        Assert.True(check.Validate(null, new() { Azure = new() { Container = "c", ConnectionString = "AccountName=a;AccountKey=aGFsbG8=;EndpointSuffix=core.windows.net" } }).Succeeded);
        Assert.Contains(check.Validate(null, new() { S3 = new(), Azure = new() }).Failures!, f => f.Contains("only one", StringComparison.Ordinal));
    }
}

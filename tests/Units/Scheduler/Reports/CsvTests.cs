using System.Text;
using Agents.Contracts.Scheduler;
using Agents.Scheduler.Reports;

namespace Agents.Tests.Units.Scheduler.Reports;

public sealed class CsvTests
{
    [Theory]
    [InlineData("plain 字", "plain 字")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"so\"\nthen", "\"say \"\"so\"\"\nthen\"")]
    [InlineData("=A1,\"", "\"'=A1,\"\"\"")]
    [InlineData(null, "")]
    public void Cell_OfAnyText_IsThatTextAndNoFormula(string? text, string cell) => Assert.Equal(cell, Csv.Cell(text));

    [Fact]
    public void Of_AReport_HasAHeaderAndARowForEachGroup()
    {
        var row = new WorkFigures("a,b", 3, 2, 1, 0, 0.666667, 4, new(0.5, 1.25, 0.75), new(null, null, null), new(10, 20, 0.000012));
        var text = Encoding.UTF8.GetString(Csv.Of(new(default, default, "agent", "UTC", [row], 1, row)));

        Assert.Equal(
            "agent,ended,done,failed,canceled,success_rate,retries,wait_p50_s,wait_p95_s,wait_mean_s,run_p50_s,run_p95_s,run_mean_s,input_tokens,output_tokens,cost_usd\r\n"
            + "\"a,b\",3,2,1,0,0.666667,4,0.5,1.25,0.75,,,,10,20,0.000012\r\n",
            text);
    }
}

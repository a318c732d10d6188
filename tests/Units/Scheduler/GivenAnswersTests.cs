using Agents.Contracts.Scheduler;
using Agents.Scheduler.Questions;

namespace Agents.Tests.Units.Scheduler;

public sealed class GivenAnswersTests
{
    private static readonly string[] Both = ["allow", "deny"];

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(null, "allow", true)]
    [InlineData(null, "deny", false)]
    [InlineData(false, "deny", false)]
    public void Fitting_APermission_IsAllowedOrNot(bool? allow, string? option, bool expected) =>
        Assert.Equal(new GivenAnswer(expected, Text: "why"), Fit("permission", Both, new("q", allow, option, "why")).Answer);

    [Theory]
    [InlineData(null, null, "only words", "allow")]
    [InlineData(null, "perhaps", null, "option")]
    [InlineData(true, "deny", null, "option")]
    public void Fitting_APermissionOtherwise_NamesTheField(bool? allow, string? option, string? text, string field) =>
        Assert.Equal((null, field), Fit("permission", Both, new("q", allow, option, text)));

    [Theory]
    [InlineData("red", null, null)]
    [InlineData("red", "but light", "but light")]
    [InlineData(null, "red", null)]
    public void Fitting_AQuestionWithOptions_IsOneOfThem(string? option, string? text, string? beside) =>
        Assert.Equal(new GivenAnswer(Option: "red", Text: beside), Fit("question", ["red", "blue"], new("q", null, option, text)).Answer);

    [Theory]
    [InlineData(null, "green", null, "option")]
    [InlineData(null, null, "green", "option")]
    [InlineData(true, null, null, "allow")]
    public void Fitting_AQuestionOtherwise_NamesTheField(bool? allow, string? option, string? text, string field) =>
        Assert.Equal((null, field), Fit("question", ["red", "blue"], new("q", allow, option, text)));

    [Fact]
    public void Fitting_AQuestionWithoutOptions_IsAText()
    {
        Assert.Equal(new GivenAnswer(Text: "my words"), Fit("question", [], new("q", Text: "my words")).Answer);
        Assert.Equal((null, "option"), Fit("question", [], new("q", Option: "my words")));
    }

    private static (GivenAnswer? Answer, string? Field) Fit(string kind, string[] options, AnswerTaskRequest request) =>
        GivenAnswers.Fitting(request, kind, options, out var wrong) is { } answer ? (answer, null) : (null, wrong.Field);
}

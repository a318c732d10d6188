using Agents.Contracts;
using Agents.Contracts.Posts;
using Agents.Posts.Files;
using Agents.Posts.Gallery;

namespace Agents.Tests.Units.Posts;

public sealed class PostFileTests
{
    [Fact]
    public void Starters_EachOfThem_IsAGoodPostThatSurvivesItsFile()
    {
        Assert.Equal(["backend", "devops", "frontend", "reviewer", "tester", "writer"], Starters.All.Select(starter => starter.Name));
        Assert.All(Starters.All, starter =>
        {
            var problems = new Problems();
            new CreatePostRequest(starter.Title, starter.Description, starter.Template).Validate(problems);

            Assert.Empty(problems.ToErrors().Errors);
            Assert.True(starter.Template.RolePrompt!.Length > 1_000, starter.Name);
            Assert.NotNull(starter.Template.Tools!["*"]);
            Assert.NotNull(starter.Template.Limits!.Timeout);
        });
    }

    [Theory]
    [InlineData("description: x", "name")]
    [InlineData("name: 5", "name")]
    [InlineData("name: x\ntemplate: []", "template")]
    [InlineData("name: x\ntemplate: {limits: {cpu: much}}", "template.limits.cpu")]
    [InlineData("name: x\ntemplate: {limits: {cpus: 1}}", "template.limits.cpus")]
    [InlineData("name: x\ntemplate: {limts: }", "template.limts")]
    [InlineData("name: x\ntemplate: {environment: {A: }}", "template.environment.A")]
    [InlineData("name: x\nversion: 5", "version")]
    public void Read_WrongFields_NamesThem(string yaml, string field) => Assert.Equal([field], PostFile.Read(yaml, isYaml: true).Errors!.Errors.Keys);

    [Theory]
    [InlineData("a: 1\n b: 2", true, "line 2, column 3: ")]
    [InlineData("- a", true, "A post is an object")]
    [InlineData("{\"name\":\n}", false, "line 2, byte 1")]
    [InlineData("{\"name\":\"\\ud800\"}", false, "half a character")]
    public void Read_NoPostAtAll_SaysWhy(string text, bool isYaml, string message) => Assert.Contains(message, PostFile.Read(text, isYaml).Message);
}

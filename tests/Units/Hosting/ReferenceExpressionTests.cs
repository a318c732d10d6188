using Agents.Hosting.ApplicationModel;

namespace Agents.Tests.Units.Hosting;

public class ReferenceExpressionTests
{
    [Fact]
    public async Task Create_TextAndValues_KnowsBothItsValueAndItsExpression()
    {
        var user = new ParameterResource("user", _ => "ann{0}");
        var expression = ReferenceExpression.Create($"{{x}} {user};{"plain"}{(string?)null}");

        Assert.Equal("{x} {user.value};plain", expression.ValueExpression);
        Assert.Equal("{x} ann{0};plain", await expression.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["{user.value}"], expression.ManifestExpressions);
    }
}

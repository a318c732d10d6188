using Agents.Hosting.ApplicationModel;

namespace Agents.Tests.Units.Hosting;

public class GenerateParameterDefaultTests
{
    [Fact]
    public void GetDefaultValue_KindsAndMinimums_AreKept()
    {
        var rule = new GenerateParameterDefault { MinLength = 40, Special = false, Upper = false, MinNumeric = 30 };
        for (var i = 0; i < 50; i++)
        {
            var value = rule.GetDefaultValue();
            Assert.Equal(40, value.Length);
            Assert.All(value, c => Assert.True(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
            Assert.True(value.Count(char.IsAsciiDigit) >= 30);
        }
    }

    [Fact]
    public void GetDefaultValue_NothingAskedFor_IsLongAndNeverTheSame()
    {
        var values = Enumerable.Range(0, 100).Select(_ => new GenerateParameterDefault().GetDefaultValue()).ToHashSet();

        Assert.Equal(100, values.Count);
        Assert.All(values, v => Assert.True(v.Length >= 22));
    }
}

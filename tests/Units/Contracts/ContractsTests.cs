using System.Text.Json;
using Agents.Contracts;
using Agents.Contracts.Identity;

namespace Agents.Tests.Units.Contracts;

public sealed class ContractsTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("Mac-mini_01.local", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("../x", false)]
    [InlineData("名", false)]
    public void IsValid_OfAnId_FollowsTheAlphabet(string id, bool valid) => Assert.Equal(valid, Ids.IsValid(id));

    [Fact]
    public void IsValid_OfAnId_EndsAt128()
    {
        Assert.True(Ids.IsValid(new string('x', 128)));
        Assert.False(Ids.IsValid(new string('x', 129)));
    }

    [Fact]
    public void Validate_EachWrongField_IsNamed()
    {
        var problems = new Problems();

        new CreateUserRequest("nobody", "short", " x", ["root"]).Validate(problems);

        Assert.Equal(["email", "name", "password", "roles"], problems.ToErrors().Errors.Keys.Order());
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Validate_APassword_Has8To128Characters(int length, bool good)
    {
        var problems = new Problems();

        new RegisterRequest("a@b", new('p', length)).Validate(problems);

        Assert.Equal(good, !problems.Any);
    }

    [Fact]
    public void Options_OfTheWire_WriteSnakeCaseAndUtc()
    {
        var view = new KeyView("k", "名", "ab", ["user"], new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)), null, null);

        Assert.Equal(
            """{"id":"k","name":"名","hint":"ab","roles":["user"],"created_at":"2026-01-01T00:00:00Z","expires_at":null,"last_used_at":null}""",
            JsonSerializer.Serialize(view, WireJson.Options));
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(3, 20, 40, 20)]
    [InlineData(1, 5_000, 0, 200)]
    [InlineData(int.MaxValue, 200, int.MaxValue, 200)]
    public void Paging_OutOfBounds_IsBroughtIntoThem(int page, int size, int skip, int take)
    {
        var paging = new Paging(page, size);

        Assert.Equal((skip, take), (paging.Skip, paging.Size));
    }
}

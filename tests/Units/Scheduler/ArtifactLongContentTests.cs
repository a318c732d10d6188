using System.Text;
using System.Text.Json;
using Agents.Scheduler.Artifacts;

namespace Agents.Tests.Units.Scheduler;

public sealed class ArtifactLongContentTests
{
    [Theory]
    [InlineData(131_000, 0, "")]
    [InlineData(131_073, 0, "prompt")]
    [InlineData(0, 131_073, "input")]
    [InlineData(120_000, 100_000, "")]
    [InlineData(120_000, 125_000, "input")]
    [InlineData(125_000, 120_000, "prompt")]
    [InlineData(200_000, 200_000, "prompt input")]
    public void Of_PromptAndInput_KeepsApartWhatAFrameCannotHold(int prompt, int input, string apart)
    {
        var (_, found) = LongContent.Of(new(Prompt: new('p', prompt), Input: Json(new string('i', input))), Guid.NewGuid);

        Assert.Equal(apart, string.Join(' ', found.Select(content => content.Kind)));
    }

    [Fact]
    public void Of_APromptThatGrowsAsJson_IsMeasuredAsItIsSent()
    {
        var (kept, apart) = LongContent.Of(new(Prompt: new('"', 70_000)), Guid.NewGuid);

        Assert.Equal(70_000, Assert.Single(apart).Bytes.Length);
        Assert.Equal(65_536, kept.Prompt!.Length);
    }

    [Fact]
    public void Of_ManyBytesACharacter_CutsBetweenCharacters()
    {
        var (kept, _) = LongContent.Of(new(Prompt: "a" + string.Concat(Enumerable.Repeat("\ud83d\ude00", 50_000))), Guid.NewGuid);

        Assert.Equal(1 + (16_383 * 4), Encoding.UTF8.GetByteCount(kept.Prompt!));
        Assert.DoesNotContain('\ufffd', kept.Prompt!);
    }

    private static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text);
}

using Agents.Contracts;

namespace Agents.Tests.Units.Envelopes;

public sealed class ErrorCodesTests
{
    [Fact]
    public void FromHttpStatus_OfEachCode_IsThatCodeOrItsNearRelative()
    {
        foreach (var code in Enum.GetValues<ErrorCode>().Where(code => code is not ErrorCode.WrongState))
        {
            Assert.Equal(code, ErrorCodes.FromHttpStatus(code.HttpStatus()));
        }
    }

    [Theory]
    [InlineData(405, ErrorCode.Invalid)]
    [InlineData(413, ErrorCode.Invalid)]
    [InlineData(415, ErrorCode.Invalid)]
    [InlineData(502, ErrorCode.Unavailable)]
    [InlineData(504, ErrorCode.Unavailable)]
    [InlineData(501, ErrorCode.Failed)]
    public void FromHttpStatus_Relatives_AreCovered(int status, ErrorCode code) => Assert.Equal(code, ErrorCodes.FromHttpStatus(status));
}

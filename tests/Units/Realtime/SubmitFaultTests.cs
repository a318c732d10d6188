using System.Net;
using Agents.Contracts;
using Agents.Realtime.Hub;
using Agents.Realtime.Work;
using Refit;

namespace Agents.Tests.Units.Realtime;

public sealed class SubmitFaultTests
{
    [Theory]
    [InlineData("""{"code":1001,"message":"m","data":{"errors":{"prompt":["is long","is bad"],"type":["is odd"]}},"request_id":"r"}""", "payload.prompt is long; payload.type is odd")]
    [InlineData("""{"code":1001,"message":"m","data":null,"request_id":"r"}""", "The task is wrong.")]
    [InlineData("""{"code":1001,"message":"m","data":{},"request_id":"r"}""", "The task is wrong.")]
    [InlineData("""{"code":1001,"message":"m","data":{"errors":{}},"request_id":"r"}""", "The task is wrong.")]
    [InlineData("null", "The task is wrong.")]
    [InlineData("<html>", "The task is wrong.")]
    [InlineData("", "The task is wrong.")]
    public async Task Of_TheTaskIsWrong_NamesTheFieldsWhereItCan(string content, string text) =>
        Assert.Equal(new Fault(ErrorCode.Invalid, text), SubmitFault.Of(await FailureAsync(HttpStatusCode.BadRequest, content)));

    [Fact]
    public async Task Of_Clash_InItsOwnWords()
    {
        Assert.Equal(
            new Fault(ErrorCode.Clash, "There is one."),
            SubmitFault.Of(await FailureAsync(HttpStatusCode.Conflict, """{"code":3002,"message":"There is one.","data":null,"request_id":"r"}""")));
        Assert.Equal(new Fault(ErrorCode.Clash, ErrorCode.Clash.DefaultMessage()), SubmitFault.Of(await FailureAsync(HttpStatusCode.Conflict, "?")));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task Of_WhatIsNotTheTasksFault_None(HttpStatusCode status) => Assert.Null(SubmitFault.Of(await FailureAsync(status, "{}")));

    private static async Task<ApiException> FailureAsync(HttpStatusCode status, string content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://scheduler/");
        using var response = new HttpResponseMessage(status) { Content = new StringContent(content) };
        return await ApiException.Create(request, HttpMethod.Post, response, new RefitSettings());
    }
}

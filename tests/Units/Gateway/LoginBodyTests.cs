using System.Text;
using Agents.Gateway.SignIns;

namespace Agents.Tests.Units.Gateway;

public sealed class LoginBodyTests
{
    [Theory]
    [InlineData("""{"email":" Zoe@Example.com ","password":"x"}""", "zoe@example.com")]
    [InlineData("""{"password":"x","nested":{"email":"not@this"},"list":[{"email":"nor@this"}],"email":"a@b"}""", "a@b")]
    [InlineData("""{"Email":"a@b"}""", "a@b")]
    [InlineData("""{"email":"first@b","email":"last@b"}""", "last@b")]
    [InlineData("""{"\u0065mail":"a\u0040b"}""", "a@b")]
    public void AccountOf_IsAsIdentityReadsIt(string body, string account) => Assert.Equal(account, LoginBody.AccountOf(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"email":"a@b" """)]
    [InlineData("""{"email":7}""")]
    [InlineData("""{"name":"a"}""")]
    public void AccountOf_WhatNamesNone_IsUnreadable(string body) => Assert.Equal(LoginBody.Unreadable, LoginBody.AccountOf(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void AccountOf_OtherEncodingsAndEndlessNames_ShareOneCount()
    {
        Assert.Equal(LoginBody.Unreadable, LoginBody.AccountOf(Encoding.Unicode.GetBytes("""{"email":"a@b"}""")));
        Assert.Equal(LoginBody.Unreadable, LoginBody.AccountOf([0xFF, 0xFE, 0x00]));
        Assert.Equal(LoginBody.Unreadable, LoginBody.AccountOf(Encoding.UTF8.GetBytes($$"""{"email":"{{new string('a', 255)}}"}""")));
    }
}

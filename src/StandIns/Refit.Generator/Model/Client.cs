namespace Refit.Generator.Model;

/// <summary>Everything the writer needs of an interface, as plain values: nothing here holds on to a compilation.</summary>
internal sealed record Client(string Interface, string ClassName, EquatableArray<Call> Calls, EquatableArray<Problem> Problems);

/// <summary>One method. The types and names are ready to be written.</summary>
internal sealed record Call(
    string DeclaringInterface,
    string Name,
    string ReturnType,
    Reply Reply,
    string? ReplyType,
    string HttpMethod,
    EquatableArray<Argument> Arguments,
    EquatableArray<Step> Steps,
    string CancellationToken);

internal sealed record Argument(string Type, string Name);

internal enum Reply
{
    Nothing,
    Message,
    Content,
    Response,
}

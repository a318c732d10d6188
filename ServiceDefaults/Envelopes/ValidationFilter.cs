using Agents.Contracts;

namespace Agents.ServiceDefaults.Envelopes;

/// <summary>Asks each argument that can tell what is wrong with it, before the handler sees it.</summary>
internal static class ValidationFilter
{
    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IValidated validated)
            {
                var problems = new Problems();
                validated.Validate(problems);
                if (problems.Any)
                {
                    return ValueTask.FromResult<object?>(new Invalid(problems.ToErrors()));
                }
            }
        }

        return next(context);
    }
}

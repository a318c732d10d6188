using Agents.Contracts;
using Agents.ServiceDefaults.Envelopes;

namespace Agents.Posts.Secrets;

internal static class SecretName
{
    /// <summary>Null where a secret may be called so: as templates name them.</summary>
    public static Invalid? Problem(string name)
    {
        var problems = new Problems();
        problems.Id(name);
        return problems.Any ? new Invalid(problems.ToErrors()) : null;
    }
}

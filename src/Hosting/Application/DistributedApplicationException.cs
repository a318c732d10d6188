namespace Agents.Hosting;

/// <summary>What went wrong, in a sentence that a person can act on: it is shown as it is, without a stack.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message) : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}

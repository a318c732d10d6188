namespace Agents.Hosting;

public enum DistributedApplicationOperation
{
    Run,
    Publish
}

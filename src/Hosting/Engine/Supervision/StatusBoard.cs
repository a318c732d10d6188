using Agents.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Agents.Hosting.Engine;

/// <summary>How every instance is; tells the screen and whoever waits for a resource.</summary>
internal sealed class StatusBoard(ResourceNotificationService notifications, IScreen screen)
{
    private readonly Lock _lock = new();
    private readonly List<InstanceStatus> _rows = [];

    public IReadOnlyList<InstanceStatus> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows];
            }
        }
    }

    public bool IsAllHealthy => Rows.All(r => r.IsHealthy);

    public void Report(InstanceStatus status)
    {
        bool isNews;
        lock (_lock)
        {
            var row = _rows.FindIndex(r => r.Id == status.Id);
            isNews = row < 0 || _rows[row].Text != status.Text || _rows[row].Note != status.Note;
            if (row < 0)
            {
                _rows.Add(status);
            }
            else
            {
                _rows[row] = status;
            }

            var replicas = _rows.Where(r => r.Resource == status.Resource).ToList();
            if (status.Id != status.Resource.Name)
            {
                Publish(status, status.Id, status.Health);
            }

            Publish(status, status.Resource.Name, replicas.Count >= status.Resource.GetReplicaCount() && replicas.All(r => r.IsHealthy)
                ? HealthStatus.Healthy
                : status.IsHealthy ? HealthStatus.Degraded : status.Health);
        }

        if (isNews)
        {
            screen.Changed(status, Rows);
        }
    }

    private void Publish(InstanceStatus status, string id, HealthStatus? health) =>
        notifications.Publish(new ResourceEvent(status.Resource, id, new CustomResourceSnapshot
        {
            ResourceType = status.Resource.GetType().Name,
            State = status.State,
            HealthStatus = health,
            ExitCode = status.ExitCode,
            Failure = status.State == KnownResourceStates.FailedToStart ? status.Note : null
        }));
}

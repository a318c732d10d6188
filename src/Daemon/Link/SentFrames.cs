using Agents.Contracts;

namespace Agents.Daemon.Link;

/// <summary>
/// The last frames that went: that a socket has taken one does not mean that the server could. One that it answers with
/// "not just now" goes again with the next heartbeat, not at once: a server in trouble must not be hurried.
/// </summary>
internal sealed class SentFrames(Outbox outbox)
{
    private const int MaxKept = 256;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Id, OutFrame Frame)> _went = [];
    private readonly List<OutFrame> _again = [];

    /// <summary>To be called before it goes: the answer may be quicker than whoever sent it.</summary>
    public void Goes(string id, OutFrame frame)
    {
        lock (_lock)
        {
            _went.AddLast((id, frame));
            if (_went.Count > MaxKept)
            {
                _went.RemoveFirst();
            }
        }
    }

    /// <summary>What is wrong in itself stays refused.</summary>
    public void Refused(string? id, int code, string why)
    {
        Action? refused;
        lock (_lock)
        {
            if (_went.FirstOrDefault(sent => sent.Id == id) is not { Frame: { } frame } found)
            {
                return;
            }

            _went.Remove(found);
            var isWrong = (ErrorCode)code is not (ErrorCode.Unavailable or ErrorCode.Failed or ErrorCode.TooMany);
            refused = isWrong ? () => frame.Wrong?.Invoke(why) : frame.Refused;
            if (refused is null && _again.Count < MaxKept)
            {
                _again.Add(frame);
            }
        }

        refused?.Invoke();
    }

    public void SendAgain()
    {
        lock (_lock)
        {
            _again.RemoveAll(outbox.TryPut);
        }
    }
}

namespace Pipelines.Sockets.Unofficial;

public sealed class ConnectionResetException(string message, Exception? inner) : IOException(message, inner)
{
    public ConnectionResetException()
        : this("The connection was reset")
    {
    }

    public ConnectionResetException(string message)
        : this(message, null)
    {
    }
}

namespace Pipelines.Sockets.Unofficial;

/// <summary>What ended a connection first; the numbers are the genuine ones, in use or not.</summary>
public enum PipeShutdownKind
{
    None = 0,
    PipeDisposed = 1,

    ReadEndOfStream = 100,
    ReadDisposed = 101,
    ReadIOException = 102,
    ReadException = 103,
    ReadSocketError = 104,
    ReadFlushCompleted = 105,
    ReadFlushCanceled = 106,

    WriteEndOfStream = 200,
    WriteDisposed = 201,
    WriteIOException = 203,
    WriteException = 204,
    WriteSocketError = 205,

    InputReaderCompleted = 300,
    InputWriterCompleted = 301,
    OutputReaderCompleted = 302,
    OutputWriterCompleted = 303,

    ProtocolExitClient = 400,
    ProtocolExitServer = 401,
}

/// <summary>Taken as the genuine ones are; a connection here works the same with or without them.</summary>
[Flags]
public enum SocketConnectionOptions
{
    None = 0,
    ZeroLengthReads = 1,
    InlineReads = 2,
    InlineWrites = 4,
    InlineConnect = 8,
}

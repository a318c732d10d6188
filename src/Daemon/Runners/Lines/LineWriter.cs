using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Agents.Daemon.Runners.Lines;

/// <summary>What a program is told, one JSON object a line, each whole whoever else tells it something.</summary>
internal sealed class LineWriter(Stream input) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>False where it hears nothing any more.</summary>
    public async Task<bool> WriteAsync(JsonObject line, CancellationToken cancellationToken)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            line.WriteTo(writer);
        }

        bytes.Write("\n"u8);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await input.WriteAsync(bytes.WrittenMemory, cancellationToken);
            await input.FlushAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}

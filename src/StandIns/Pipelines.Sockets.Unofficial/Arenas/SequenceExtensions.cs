namespace Pipelines.Sockets.Unofficial.Arenas;

public delegate TResult Projection<T, out TResult>(in T x);

public delegate TResult Projection<T1, T2, out TResult>(in T1 x1, in T2 x2);

public static class SequenceExtensions
{
    public static TTo[] ToArray<TFrom, TTo>(this in Sequence<TFrom> source, Projection<TFrom, TTo> projection)
    {
        var result = source.IsEmpty ? [] : new TTo[source.Length];
        source.CopyTo(result, projection);
        return result;
    }

    public static TTo[] ToArray<TFrom, TState, TTo>(
        this in Sequence<TFrom> source, Projection<TFrom, TState, TTo> projection, in TState state)
    {
        var from = source.FirstSpan;
        var result = from.IsEmpty ? [] : new TTo[from.Length];
        for (var i = 0; i < from.Length; i++)
        {
            result[i] = projection(in from[i], in state);
        }

        return result;
    }

    public static void CopyTo<TFrom, TTo>(this in Sequence<TFrom> source, Span<TTo> destination, Projection<TFrom, TTo> projection)
    {
        var from = source.FirstSpan;
        if (from.Length > destination.Length)
        {
            throw new ArgumentException("The destination is too short.", nameof(destination));
        }

        for (var i = 0; i < from.Length; i++)
        {
            destination[i] = projection(in from[i]);
        }
    }
}

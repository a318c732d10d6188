using System.Collections;

namespace Pipelines.Sockets.Unofficial;

/// <summary>Goes through the handlers of an event without an array for them.</summary>
public static class Delegates
{
    public static bool IsSingle(this MulticastDelegate handler) => handler.HasSingleTarget;

    public static DelegateEnumerable<T> AsEnumerable<T>(this T handler)
        where T : MulticastDelegate
        => new(handler);

    public readonly struct DelegateEnumerable<T> : IEnumerable<T>
        where T : MulticastDelegate
    {
        private readonly T? _handler;

        internal DelegateEnumerable(T? handler) => _handler = handler;

        public DelegateEnumerator<T> GetEnumerator() => new(_handler);

        IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    public struct DelegateEnumerator<T> : IEnumerator<T>
        where T : MulticastDelegate
    {
        private readonly T? _handler;
        private Delegate.InvocationListEnumerator<T> _inner;

        internal DelegateEnumerator(T? handler)
        {
            _handler = handler;
            _inner = Delegate.EnumerateInvocationList(handler);
        }

        public readonly T Current => _inner.Current;

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => _inner.MoveNext();

        public void Reset() => _inner = Delegate.EnumerateInvocationList(_handler);

        readonly void IDisposable.Dispose()
        {
        }
    }
}

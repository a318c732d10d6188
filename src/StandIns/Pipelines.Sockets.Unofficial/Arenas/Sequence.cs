namespace Pipelines.Sockets.Unofficial.Arenas;

/// <summary>A run of elements whose type is known to who uses it; a struct can hold one of its own type this way.</summary>
public readonly struct Sequence
{
    private readonly Array? _array;
    private readonly int _offset;
    private readonly int _length;

    internal Sequence(Array? array, int offset, int length)
    {
        _array = array;
        _offset = offset;
        _length = length;
    }

    public long Length => _length;

    public Sequence<T> Cast<T>() => new((T[]?)_array, _offset, _length);
}

/// <summary>A run of elements, always in one piece here.</summary>
public readonly struct Sequence<T>
{
    private readonly T[]? _array;
    private readonly int _offset;
    private readonly int _length;

    public Sequence(T[]? array, int offset, int length)
    {
        _array = array;
        _offset = offset;
        _length = length;
    }

    public long Length => _length;

    public bool IsEmpty => _length == 0;

    public bool IsSingleSegment => true;

    public Span<T> FirstSpan => new(_array, _offset, _length);

    public SpanEnumerable Spans => new(this);

    public ref T this[int index] => ref FirstSpan[index];

    public Sequence Untyped() => new(_array, _offset, _length);

    public Enumerator GetEnumerator() => new(FirstSpan);

    public ref struct Enumerator
    {
        private readonly Span<T> _elements;
        private int _index = -1;

        internal Enumerator(Span<T> elements) => _elements = elements;

        public readonly ref T Current => ref _elements[_index];

        public bool MoveNext() => ++_index < _elements.Length;

        /// <summary>Throws where there is no next.</summary>
        public ref T GetNext() => ref _elements[++_index];
    }

    public readonly ref struct SpanEnumerable
    {
        private readonly Sequence<T> _sequence;

        internal SpanEnumerable(Sequence<T> sequence) => _sequence = sequence;

        public SpanEnumerator GetEnumerator() => new(_sequence.FirstSpan);
    }

    public ref struct SpanEnumerator
    {
        private readonly Span<T> _only;
        private bool _given;

        internal SpanEnumerator(Span<T> only) => _only = only;

        public readonly Span<T> Current => _only;

        public bool MoveNext() => !_given && (_given = !_only.IsEmpty);
    }
}

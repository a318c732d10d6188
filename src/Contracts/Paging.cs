namespace Agents.Contracts;

/// <summary>Which part of a list. Out of bounds is brought into them: nobody is helped by an error here.</summary>
public readonly record struct Paging(int Page, int PageSize)
{
    public const int DefaultSize = 20;
    public const int MaxSize = 200;

    public int Size => Math.Clamp(PageSize, 1, MaxSize);

    public int Skip => (int)Math.Min((long)(Math.Max(Page, 1) - 1) * Size, int.MaxValue);
}

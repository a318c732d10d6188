using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Agents.Contracts;

public interface IValidated
{
    void Validate(Problems problems);
}

/// <summary>Collects what is wrong with a request, field by field, under the names that the wire uses.</summary>
public sealed class Problems
{
    private readonly Dictionary<string, List<string>> _fields = [];

    public bool Any => _fields.Count > 0;

    public FieldErrors ToErrors() => new(_fields.ToDictionary(f => f.Key, f => f.Value.ToArray()));

    public void Add(string field, string problem)
    {
        if (!_fields.TryGetValue(field, out var problems))
        {
            _fields[field] = problems = [];
        }

        problems.Add(problem);
    }

    public bool Required(object? value, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value is null or "")
        {
            Add(Wire(field), "is required");
            return false;
        }

        return true;
    }

    /// <summary>A text that has to be there, with a length in characters.</summary>
    public void Text(string? value, int min, int max, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (Required(value, field))
        {
            OptionalText(value, min, max, field);
        }
    }

    public void OptionalText(string? value, int min, int max, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value is null)
        {
            return;
        }

        if (value.Length < min || value.Length > max)
        {
            Add(Wire(field), min > 1 ? $"must have {min} to {max} characters" : $"must have at most {max} characters");
        }
        else if (value.Contains('\0'))
        {
            Add(Wire(field), "must not contain a null character");
        }
    }

    public void Range(int? value, int min, int max, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value < min || value > max)
        {
            Add(Wire(field), $"must be between {min} and {max}");
        }
    }

    public void OneOf(string? value, string first, string second, string? third = null, string? fourth = null, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value is not null && value != first && value != second && value != third && value != fourth)
        {
            Add(Wire(field), $"must be one of {string.Join(", ", new[] { first, second, third, fourth }.OfType<string>())}");
        }
    }

    /// <summary>A text that is measured as the wire has it.</summary>
    public void Bytes(string? value, int max, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value is not null && (value.Length > max || Encoding.UTF8.GetByteCount(value) > max))
        {
            Add(Wire(field), $"must have at most {max} bytes");
        }
        else if (value?.Contains('\0') is true)
        {
            Add(Wire(field), "must not contain a null character");
        }
    }

    public void Json(JsonElement? value, int max, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value is { ValueKind: not JsonValueKind.Undefined } json && JsonMarshal.GetRawUtf8Value(json).Length > max)
        {
            Add(Wire(field), $"must have at most {max} bytes as JSON");
        }
    }

    /// <summary>An id of a device, an agent or a group: ours or brought along.</summary>
    public void Id(string? value, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value is not null && !Ids.IsValid(value))
        {
            Add(Wire(field), "must be 1 to 128 of A-Z a-z 0-9 . _ -");
        }
    }

    private static string Wire(string field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field);
}

using Microsoft.CodeAnalysis;
using Refit.Generator.Model;

namespace Refit.Generator.Reading;

/// <summary>What a call does to its request: path, query, headers, body.</summary>
internal static class StepReader
{
    internal static List<Step> Read(IMethodSymbol method, PathTemplate template, List<IParameterSymbol> arguments, List<Problem> problems)
    {
        var steps = new List<Step>();
        var inPath = new HashSet<string>(template.Names, StringComparer.OrdinalIgnoreCase);
        foreach (var missing in inPath.Where(name => Find(name) is null))
        {
            problems.Add(Problem.At(method, Rules.NoArgumentForPath, missing));
        }

        foreach (var part in template.Path)
        {
            AddPath(part);
        }

        foreach (var (key, value) in template.Query)
        {
            steps.Add(!value.IsName ? new FixedQueryStep(key, value.Text)
                : Find(value.Text) is { } argument ? QueryReader.Scalar(argument, QueryReader.Literal(key))
                : new FixedQueryStep(key, ""));
        }

        steps.AddRange(FixedHeaders(method));
        foreach (var argument in arguments)
        {
            steps.AddRange(Steps(argument, inPath.Contains(argument.WireName()), problems));
        }

        return steps;

        IParameterSymbol? Find(string name) =>
            arguments.FirstOrDefault(argument => string.Equals(argument.WireName(), name, StringComparison.OrdinalIgnoreCase));

        void AddPath(PathTemplate.Part part)
        {
            if (!part.IsName)
            {
                steps.Add(new LiteralStep(part.Text));
            }
            else if (Find(part.Text) is { } argument)
            {
                if (part.IsRest && argument.Type.SpecialType != SpecialType.System_String)
                {
                    problems.Add(Problem.At(argument, Rules.BadArgument, "has to be a string to stand for the rest of a path"));
                }

                steps.Add(new PathStep(MethodReader.Identifier(argument), argument.Name, argument.Type.ForTypeof(), part.IsRest, QueryReader.Format(argument)));
            }
        }
    }

    private static IEnumerable<Step> Steps(IParameterSymbol argument, bool isInPath, List<Problem> problems)
    {
        var body = argument.Attribute("Body");
        var header = argument.Attribute("Header");
        if ((isInPath ? 1 : 0) + (body is null ? 0 : 1) + (header is null ? 0 : 1) > 1)
        {
            problems.Add(Problem.At(argument, Rules.BadArgument, "has more than one place in the request"));
            return [];
        }

        if (body is not null)
        {
            return Body(argument, body, problems);
        }

        if ((isInPath || header is not null) && !argument.Type.IsScalar())
        {
            problems.Add(Problem.At(argument, Rules.BadArgument, "has to be a single value to stand in a path or a header"));
            return [];
        }

        return header is not null ? [new HeaderStep(header.Given("header") as string ?? "", MethodReader.Identifier(argument))]
            : isInPath ? []
            : QueryReader.Read(argument, problems);
    }

    private static IEnumerable<Step> Body(IParameterSymbol argument, AttributeData body, List<Problem> problems)
    {
        var serialization = body.Given("serializationMethod") is int given ? given : 0;
        if (serialization == 2)
        {
            problems.Add(Problem.At(argument, Rules.FormBody));
        }

        return [new BodyStep(MethodReader.Identifier(argument), serialization == 3 ? "Serialized" : "Default", body.Given("buffered") as bool?)];
    }

    /// <summary>From far to near: bases of the interface that declares the method, that interface, the method.</summary>
    private static IEnumerable<Step> FixedHeaders(IMethodSymbol method) =>
        method.ContainingType.AllInterfaces.Reverse().Append<ISymbol>(method.ContainingType).Append(method)
            .Select(source => source.Attribute("Headers"))
            .Where(attribute => attribute is not null)
            .SelectMany(attribute => attribute!.ConstructorArguments[0].Values)
            .Select(value => (value.Value as string ?? "").Split([':'], 2))
            .Where(sides => sides[0].Trim().Length > 0)
            .Select(sides => new HeaderStep(sides[0].Trim(), sides.Length == 2 ? QueryReader.Literal(sides[1].Trim()) : null));
}

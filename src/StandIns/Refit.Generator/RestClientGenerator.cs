using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Refit.Generator.Reading;

namespace Refit.Generator;

/// <summary>Writes a client class for every interface with Refit's attributes.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class RestClientGenerator : IIncrementalGenerator
{
    internal const string ClientsStep = "Clients";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var clients = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => MayBeClient(node), InterfaceReader.Read)
            .Where(static client => client is not null)
            .WithTrackingName(ClientsStep);

        context.RegisterSourceOutput(clients, static (output, client) =>
        {
            foreach (var problem in client!.Problems)
            {
                output.ReportDiagnostic(problem.ToDiagnostic());
            }

            // A client with holes would only add errors of the compiler to ours.
            if (client.Problems.Count == 0)
            {
                output.AddSource(client.ClassName + ".g.cs", ClientWriter.Write(client));
            }
        });
    }

    /// <summary>A base may bring all the calls, so an interface that has nothing but bases counts.</summary>
    internal static bool MayBeClient(SyntaxNode node) =>
        node is InterfaceDeclarationSyntax declaration
        && (declaration.BaseList is not null || declaration.Members.Any(member => member.AttributeLists.Count > 0));
}

using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.MSBuild;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using StackExchange.Redis;
using Yarp.ReverseProxy.Configuration;

namespace Agents.Tests.StandIns;

/// <summary>Whether the packages that were compiled against the genuine libraries find in ours all that they ask for.</summary>
public sealed class BindingTests
{
    // Stands for whatever a generic type or method of the package is made of.
    private static readonly Type[] Anything = [.. Enumerable.Repeat(typeof(object), 8)];

    [Theory]
    [InlineData(typeof(ConnectionMultiplexer), "Pipelines.Sockets.Unofficial", 75)]
    [InlineData(typeof(ConnectionMultiplexer), "System.IO.Hashing", 1)]
    [InlineData(typeof(IProxyConfig), "System.IO.Hashing", 1)]
    [InlineData(typeof(IMigrationsScaffolder), "Mono.TextTemplating", 7)]
    [InlineData(typeof(MSBuildWorkspace), "Microsoft.VisualStudio.SolutionPersistence", 5)]
    public void EveryReference_IsFoundByTheRuntime(Type inPackage, string standIn, int atLeast)
    {
        using var file = new PEReader(File.OpenRead(inPackage.Module.FullyQualifiedName));
        var metadata = file.GetMetadataReader();
        var asked = metadata.MemberReferences
            .Where(handle => AssemblyOf(metadata, metadata.GetMemberReference(handle).Parent) == standIn)
            .Select(handle => MetadataTokens.GetToken(handle))
            .ToList();

        Assert.True(asked.Count >= atLeast, $"{asked.Count} references to {standIn}");
        Assert.All(asked, token => Assert.Equal(standIn, inPackage.Module.ResolveMember(token, Anything, Anything)!.Module.Assembly.GetName().Name));
    }

    private static string? AssemblyOf(MetadataReader metadata, EntityHandle type)
    {
        if (type.Kind is HandleKind.TypeSpecification)
        {
            var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)type).Signature);
            if (signature.ReadSignatureTypeCode() is not SignatureTypeCode.GenericTypeInstance)
            {
                return null;
            }

            signature.ReadByte();
            type = signature.ReadTypeHandle();
        }

        while (type.Kind is HandleKind.TypeReference)
        {
            type = metadata.GetTypeReference((TypeReferenceHandle)type).ResolutionScope;
        }

        return type.Kind is HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type).Name)
            : null;
    }
}

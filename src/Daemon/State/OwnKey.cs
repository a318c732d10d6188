using System.Security.Cryptography;

namespace Agents.Daemon.State;

/// <summary>The key that this device signs with. Made once, before the first enrolment, and it never leaves the machine.</summary>
internal static class OwnKey
{
    public static ECDsa ReadOrMake(Folders folders)
    {
        if (Read(folders) is { } kept)
        {
            return kept;
        }

        var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(folders.KeyFile, made.ExportPkcs8PrivateKeyPem() + "\n");
        return made;
    }

    public static ECDsa? Read(Folders folders)
    {
        if (PrivateFile.Read(folders.KeyFile) is not { } pem)
        {
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new Failure(ExitCode.Failed, $"{folders.KeyFile} holds no key that can be read; remove it and enrol again with a token made for this device.", e);
        }
    }

    /// <summary>As the server wants it at enrolment.</summary>
    public static string PublicPart(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
}

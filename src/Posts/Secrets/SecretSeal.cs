using System.Security.Cryptography;
using System.Text;
using Agents.ServiceDefaults.Secrets;

namespace Agents.Posts.Secrets;

/// <summary>Whose a secret is. Ids and names have no colon, so no two of them are written alike.</summary>
internal sealed record SecretScope(string Kind, string Id)
{
    public static SecretScope OfPost(string id) => new("post", id);

    public static SecretScope OfAgent(string id) => new("agent", id);

    public string PurposeOf(string name) => $"secret:{Kind}:{Id}:{name}";
}

/// <summary>
/// Each value is sealed with a key of its own, and that key is wrapped by the master key; to both whose it is and its name
/// are bound, so that a row that was moved to another owner or name opens nothing.
/// </summary>
internal sealed class SecretSeal(MasterKey master)
{
    public (byte[] WrappedKey, byte[] Sealed) Seal(SecretScope scope, string name, string value)
    {
        var (key, plain) = (RandomNumberGenerator.GetBytes(Sealing.KeyLength), Encoding.UTF8.GetBytes(value));
        try
        {
            var purpose = scope.PurposeOf(name);
            return (master.Wrap(key, purpose), Sealing.Seal(key, plain, purpose));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <exception cref="SecretStaysShut">It was not sealed here for this, or with another master key.</exception>
    public string Open(SecretScope scope, string name, byte[] wrappedKey, byte[] sealedValue)
    {
        byte[] key = [];
        byte[] plain = [];
        try
        {
            var purpose = scope.PurposeOf(name);
            key = master.Unwrap(wrappedKey, purpose);
            plain = Sealing.Open(key, sealedValue, purpose);
            return Encoding.UTF8.GetString(plain);
        }
        catch (CryptographicException e)
        {
            throw new SecretStaysShut(
                $"The secret {name} of the {scope.Kind} {scope.Id} can't be opened: it was not sealed for it, or not with this AGENTS_MASTER_KEY. Set the key that it was written with, or write it anew.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Whether it could be opened, as far as that shows without its value.</summary>
    public bool Opens(SecretScope scope, string name, byte[] wrappedKey)
    {
        try
        {
            CryptographicOperations.ZeroMemory(master.Unwrap(wrappedKey, scope.PurposeOf(name)));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

/// <summary>Says which secret and what to do, and never a value.</summary>
internal sealed class SecretStaysShut(string message, CryptographicException inner) : Exception(message, inner);

using System.Buffers.Text;
using System.Security.Cryptography;
using Agents.ServiceDefaults.Devices;
using Agents.ServiceDefaults.Secrets;

namespace Agents.Registry.Enrolment;

/// <summary>
/// Makes devices' tokens from their enrolment by a key that is in no database, so that the same enrolment always gives the
/// same token, and only its hash has to be kept.
/// </summary>
internal sealed class DeviceTokens(MasterKey master)
{
    private readonly byte[] _key = master.Derive("device-token");

    public string Of(EnrolmentEntry enrolment) =>
        DeviceToken.Prefix + Base64Url.EncodeToString(HMACSHA256.HashData(_key, enrolment.Id.ToByteArray()));
}

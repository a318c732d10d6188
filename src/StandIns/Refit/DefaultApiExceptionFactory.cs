namespace Refit;

public class DefaultApiExceptionFactory(RefitSettings refitSettings)
{
    public async Task<Exception?> CreateAsync(HttpResponseMessage responseMessage)
    {
        if (responseMessage.IsSuccessStatusCode)
        {
            return null;
        }

        var request = responseMessage.RequestMessage!;
        return await ApiException.Create(request, request.Method, responseMessage, refitSettings).ConfigureAwait(false);
    }
}

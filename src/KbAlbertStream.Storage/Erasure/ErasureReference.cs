using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Erasure;

/// <summary>Whose texts are to be erased.</summary>
/// <param name="Kind">News or complaints alone; null for both.</param>
/// <param name="CustomerRef">The customer's reference as rows hold it; null when a text is named.</param>
/// <param name="ExternalId">The text's identifier as rows hold it; null when a customer is named.</param>
public sealed record ErasureReference(MessageKind? Kind, string? CustomerRef, string? ExternalId)
{
    /// <summary>What kind of reference it is.</summary>
    public string Type => CustomerRef is not null ? "customer_ref" : "external_id";

    /// <summary>The reference itself.</summary>
    public string Value => CustomerRef ?? ExternalId ?? throw new InvalidOperationException("names nobody");
}

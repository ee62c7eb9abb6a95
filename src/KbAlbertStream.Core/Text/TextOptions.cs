namespace KbAlbertStream.Core.Text;

/// <summary>How texts are prepared (section <c>Text</c>).</summary>
public sealed class TextOptions
{
    /// <summary>
    /// The secret behind the keyed hashes that replace identifiers with personal data in them. Changing it breaks the
    /// link to rows written before. Empty (the default): such an identifier becomes its masked form, which is as
    /// private but no longer identifies; the service insists on a key.
    /// </summary>
    public string HashKey { get; set; } = "";

    /// <summary>Types of personal data that are left as they are, in lower case (<c>plate</c>). Default: none.</summary>
    public IReadOnlyList<string> DisabledRecognisers { get; set; } = [];
}

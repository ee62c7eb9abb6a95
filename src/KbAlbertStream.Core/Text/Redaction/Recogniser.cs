namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>Finds one type of personal data. Stateless, and linear in the length of the text.</summary>
/// <param name="type">The type in capitals, as in the placeholder.</param>
internal abstract class Recogniser(string type)
{
    /// <summary>The type in capitals, as in the placeholder.</summary>
    public string Type { get; } = type;

    /// <summary>Adds what it finds.</summary>
    public abstract void Find(ShadowText text, ICollection<Hit> hits);
}

namespace KbAlbertStream.Core.Text;

/// <summary>A title and a text after normalisation and masking: what is stored, shown and scored.</summary>
/// <remarks>Only <c>TextPreparer</c> makes one, so holding one means that the masking was done.</remarks>
public sealed record PreparedText
{
    internal PreparedText(string title, string text)
    {
        Title = title;
        Text = text;
    }

    /// <summary>The masked title; empty when there is none.</summary>
    public string Title { get; }

    /// <summary>The masked text; may be empty.</summary>
    public string Text { get; }

    /// <summary>What the model reads: title, one space, text; the text alone without a title.</summary>
    public string ModelInput => Title.Length == 0 ? Text : Text.Length == 0 ? Title : $"{Title} {Text}";
}

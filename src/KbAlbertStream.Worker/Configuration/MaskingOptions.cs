using System.ComponentModel.DataAnnotations;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>Section <c>Text</c>: how personal data is taken out of a text.</summary>
public sealed class MaskingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Text";

    /// <summary>
    /// The key of the hash that stands for an identifier which holds personal data. All workers of one database need
    /// the same one, at least 16 characters; whoever knows it can test guesses.
    /// </summary>
    [Required]
    [Secret]
    [MinLength(16)]
    public string HashKey { get; set; } = "";

    /// <summary>Types of personal data that are left as they are, in lower case, separated by commas. Default none.</summary>
    public string DisabledRecognisers { get; set; } = "";

    /// <summary>The options of the text preparer.</summary>
    public TextOptions ToTextOptions() =>
        new() { HashKey = HashKey, DisabledRecognisers = TopicNames.Split(DisabledRecognisers) };
}

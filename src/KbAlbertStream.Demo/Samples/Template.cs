using System.Text.Json.Serialization;

namespace KbAlbertStream.Demo.Samples;

/// <summary>A text with slots, from which messages are made.</summary>
/// <param name="Kind"><c>news</c> or <c>complaint</c>.</param>
/// <param name="Tone"><c>negative</c>, <c>neutral</c> or <c>positive</c>: what its author meant.</param>
/// <param name="Text">The body, with slots as <see cref="TemplateFiller"/> says.</param>
internal sealed record Template(string Kind, string Tone, string Text)
{
    /// <summary>The title; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The reputation categories its author meant.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The types of institution it fits; empty for any.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>True when it names its institution.</summary>
    [JsonIgnore]
    public bool NamesInstitution => (Title + Text).Contains("{inst", StringComparison.Ordinal);

    /// <summary>True when it suits an institution of a type.</summary>
    public bool Fits(string type) => Types.Count == 0 || Types.Contains(type);
}

using System.ComponentModel.DataAnnotations;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>Section <c>Model</c>: the bundle that scores.</summary>
public sealed class ModelOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Model";

    /// <summary>
    /// A bundle's folder, or the folder of a model with several versions and a file <c>current</c>. Default
    /// <c>models/demo</c>, looked for here and in the folders above.
    /// </summary>
    [Required]
    public string Bundle { get; set; } = "models/demo";
}

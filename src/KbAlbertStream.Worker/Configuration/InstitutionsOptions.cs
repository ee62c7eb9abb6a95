namespace KbAlbertStream.Worker.Configuration;

/// <summary>Section <c>Institutions</c>: the dictionary that texts are linked with.</summary>
public sealed class InstitutionsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Institutions";

    /// <summary>A dictionary file of one's own. Default none: the real institutions that ship with the program.</summary>
    public string? Dictionary { get; set; }
}

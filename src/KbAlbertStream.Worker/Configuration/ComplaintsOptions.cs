namespace KbAlbertStream.Worker.Configuration;

/// <summary>Section <c>Complaints</c>: what is particular to complaints.</summary>
public sealed class ComplaintsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Complaints";

    /// <summary>
    /// The id of the institution that a complaint is about when it names none ("this branch"). Default none.
    /// </summary>
    public string? DefaultInstitution { get; set; }
}

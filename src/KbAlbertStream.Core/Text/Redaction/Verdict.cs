namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>What a recogniser says about a span that has its shape.</summary>
internal enum Verdict
{
    /// <summary>Nothing: another recogniser may claim it.</summary>
    None,

    /// <summary>It is personal data.</summary>
    Mask,

    /// <summary>It is known to be something else and must stay.</summary>
    Keep,
}

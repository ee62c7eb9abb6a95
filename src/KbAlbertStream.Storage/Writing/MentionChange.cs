namespace KbAlbertStream.Storage.Writing;

/// <summary>A mention to store.</summary>
/// <param name="Mention">As it shall stand in the table.</param>
/// <param name="IsNew">True for a new row; false for a stored one that changes.</param>
/// <param name="WasCounted">Whether it counted before; false for a new row.</param>
internal readonly record struct MentionChange(NegativeMention Mention, bool IsNew, bool WasCounted = false)
{
    /// <summary>What the change does to the counts: 1, 0 or -1.</summary>
    public int Texts => (Mention.Counted ? 1 : 0) - (WasCounted ? 1 : 0);
}

namespace KbAlbertStream.Storage.Writing;

/// <summary>A stored mention whose text has a newer version now.</summary>
/// <param name="Mention">As it was read; whether it counts is settled under the lock of its institution.</param>
/// <param name="By">The newer version.</param>
/// <param name="LookIsOwed">True while the spike detector has not looked at it.</param>
internal sealed record SupersededMention(NegativeMention Mention, TextVersion By, bool LookIsOwed)
{
    /// <summary>True when a mention of the newer version says the same at the same time: the text was sent again as it was.</summary>
    public bool IsRepeatedBy(NegativeMention other) =>
        Mention.InstitutionId == other.InstitutionId && Mention.OccurredAt == other.OccurredAt
        && Mention.StoryHash == other.StoryHash && Mention.Source == other.Source
        && Mention.CustomerRef == other.CustomerRef && Mention.Categories.SequenceEqual(other.Categories);
}

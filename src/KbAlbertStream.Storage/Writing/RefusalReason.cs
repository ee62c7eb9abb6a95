namespace KbAlbertStream.Storage.Writing;

/// <summary>Why a partition is not read until an operator has decided.</summary>
public enum RefusalReason
{
    /// <summary>The stored position belongs to a topic that was deleted; this one has the same name.</summary>
    TopicRecreated,

    /// <summary>The stored position lies beyond the end of the log: the log lost records or is another one.</summary>
    BeyondEnd,
}

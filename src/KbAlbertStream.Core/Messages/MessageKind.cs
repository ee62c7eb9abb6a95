namespace KbAlbertStream.Core.Messages;

/// <summary>What a message is; one topic family and one rule set each. Its wire and column form is the lower-case name.</summary>
public enum MessageKind
{
    /// <summary>An article about institutions, written by a publisher.</summary>
    News,

    /// <summary>A customer's words, received over a channel.</summary>
    Complaint,
}

using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>A mention that ceased to be current: a row of <c>pending_retractions</c>.</summary>
/// <param name="InstitutionId">The institution that the text spoke against.</param>
/// <param name="By">The version that took its place.</param>
/// <param name="IsReplaced">True when that version speaks against the institution as well.</param>
internal sealed record Retraction(string InstitutionId, TextVersion By, bool IsReplaced)
{
    /// <summary>The reason as stored.</summary>
    public string Reason => IsReplaced ? "replaced" : By.IsWithdrawal ? "withdrawn" : "corrected";

    /// <summary>The text's kind.</summary>
    public MessageKind Kind => By.Position.Kind;
}

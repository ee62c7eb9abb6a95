using System.Diagnostics.CodeAnalysis;

namespace KbAlbertStream.Core.Messages;

/// <summary>What became of a record: a message, the id of a message that it withdraws, or the reason why it is neither.</summary>
public readonly record struct ParseResult
{
    private ParseResult(InboundMessage? message, string? withdrawnId, RejectReason reason, string? detail)
    {
        Message = message;
        WithdrawnId = withdrawnId;
        Reason = reason;
        Detail = detail;
    }

    /// <summary>True when <see cref="Message"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Message))]
    public bool IsMessage => Message is not null;

    /// <summary>True when <see cref="WithdrawnId"/> is there. Neither this nor a message: <see cref="Reason"/> holds.</summary>
    [MemberNotNullWhen(true, nameof(WithdrawnId))]
    public bool IsWithdrawal => WithdrawnId is not null;

    /// <summary>The message; null when the record was rejected or withdraws one.</summary>
    public InboundMessage? Message { get; }

    /// <summary>The raw id of the message that the record withdraws; it may hold personal data. Null otherwise.</summary>
    public string? WithdrawnId { get; }

    /// <summary>Why the record was rejected; means nothing when it was not.</summary>
    public RejectReason Reason { get; }

    /// <summary>The field or place concerned, never content of the message; may be null.</summary>
    public string? Detail { get; }

    internal static ParseResult Accepted(InboundMessage message) => new(message, null, default, null);

    internal static ParseResult Withdraws(string id) => new(null, id, default, null);

    internal static ParseResult Rejected(RejectReason reason, string? detail = null) => new(null, null, reason, detail);
}

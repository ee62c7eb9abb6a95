using System.Diagnostics.CodeAnalysis;

namespace KbAlbertStream.Core.Messages;

/// <summary>What became of a record value: a message, or the reason why it is none.</summary>
public readonly record struct ParseResult
{
    private ParseResult(InboundMessage? message, RejectReason reason, string? detail)
    {
        Message = message;
        Reason = reason;
        Detail = detail;
    }

    /// <summary>True when <see cref="Message"/> is there; otherwise <see cref="Reason"/> holds.</summary>
    [MemberNotNullWhen(true, nameof(Message))]
    public bool IsMessage => Message is not null;

    /// <summary>The message; null when the record was rejected.</summary>
    public InboundMessage? Message { get; }

    /// <summary>Why the record was rejected; means nothing when there is a message.</summary>
    public RejectReason Reason { get; }

    /// <summary>The field or place concerned, never content of the message; may be null.</summary>
    public string? Detail { get; }

    internal static ParseResult Accepted(InboundMessage message) => new(message, default, null);

    internal static ParseResult Rejected(RejectReason reason, string? detail = null) => new(null, reason, detail);
}

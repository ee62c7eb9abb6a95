namespace KbAlbertStream.Core.Messages;

/// <summary>Every way a record can be bad. A rejected record becomes a dead letter; no later step fails on content.</summary>
public enum RejectReason
{
    /// <summary>The value is empty, or missing and the key is no id of a message to withdraw.</summary>
    NoValue,

    /// <summary>The value is larger than the limit.</summary>
    TooLarge,

    /// <summary>The value is not JSON in UTF-8, or nested too deep.</summary>
    InvalidJson,

    /// <summary>The JSON value is not an object.</summary>
    NotAnObject,

    /// <summary>A required field is missing, null or blank.</summary>
    MissingField,

    /// <summary>A field has another JSON type than the schema says.</summary>
    WrongType,

    /// <summary>A field is longer than the schema allows.</summary>
    FieldTooLong,

    /// <summary>A text holds U+0000 or half a surrogate pair, which PostgreSQL cannot store.</summary>
    InvalidText,

    /// <summary>A time is no RFC 3339 date-time (a missing offset is allowed).</summary>
    InvalidTime,

    /// <summary>A time lies before 2000 or, when the record has no time to bound it, after 2100.</summary>
    TimeOutOfRange,

    /// <summary>PostgreSQL refused the row (SQLSTATE class 22).</summary>
    RefusedByDatabase,

    /// <summary>Taken alone, the record ended the process.</summary>
    Crash,
}

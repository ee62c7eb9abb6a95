namespace KbAlbertStream.Core.Messages;

/// <summary>The names of <see cref="RejectReason"/> as they stand in rows, metrics, headers and JSON.</summary>
public static class RejectReasonNames
{
    /// <summary>The wire name in snake case, <c>missing_field</c>.</summary>
    public static string ToWireName(this RejectReason reason) => reason switch
    {
        RejectReason.NoValue => "no_value",
        RejectReason.TooLarge => "too_large",
        RejectReason.InvalidJson => "invalid_json",
        RejectReason.NotAnObject => "not_an_object",
        RejectReason.MissingField => "missing_field",
        RejectReason.WrongType => "wrong_type",
        RejectReason.FieldTooLong => "field_too_long",
        RejectReason.InvalidText => "invalid_text",
        RejectReason.InvalidTime => "invalid_time",
        RejectReason.TimeOutOfRange => "time_out_of_range",
        RejectReason.RefusedByDatabase => "refused_by_database",
        RejectReason.Crash => "crash",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not a reject reason"),
    };
}

using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Retention;

/// <summary>The table of one kind and month.</summary>
/// <param name="Kind">News or complaint.</param>
/// <param name="Month">The first day of the month, of the record's timestamp in UTC.</param>
/// <param name="Table">The table's name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Bytes">What table and indexes take on disk.</param>
public sealed record EventMonth(MessageKind Kind, DateOnly Month, string Table, EventMonthState State, long Bytes)
{
    /// <summary>True for the month of records whose timestamp is missing or out of range.</summary>
    public bool IsUnknown => Start == RecordPosition.UnknownTime;

    /// <summary>Its first moment.</summary>
    public DateTimeOffset Start => new(Month, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The first moment after it.</summary>
    public DateTimeOffset End => Start.AddMonths(1);
}

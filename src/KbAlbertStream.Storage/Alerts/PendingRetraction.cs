using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>A text that the detector has to forget: a row of <c>pending_retractions</c>.</summary>
/// <param name="Seq">The row to delete with what follows.</param>
/// <param name="Series">The institution and kind that it spoke against.</param>
/// <param name="ExternalId">The text.</param>
/// <param name="By">The record that withdrew or replaced it.</param>
/// <param name="Reason"><c>withdrawn</c>, <c>corrected</c>, or <c>replaced</c> by a version that counts as well.</param>
public sealed record PendingRetraction(
    long Seq, SeriesKey Series, string ExternalId, RecordPosition By, string Reason)
{
    /// <summary>True when alerts that counted the text are to be corrected.</summary>
    public bool Corrects => Reason != "replaced";

    internal static PendingRetraction Read(NpgsqlDataReader reader)
    {
        var by = Positions.Read(reader, 1);
        return new PendingRetraction(
            reader.GetInt64(0), new SeriesKey(by.Kind, reader.GetString(6)), reader.GetString(7), by, reader.GetString(8));
    }
}

using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// How many records a batch may hold so that its slowest stage takes about <see cref="BatchingOptions.MaxWork"/>. Large
/// batches cost the database less a row; with a slow model they would hold up a rebalance, a stop and the next message.
/// </summary>
/// <remarks>
/// One number, written by the pipeline and read by the consumer's thread. It at most halves or doubles with a batch, so
/// one stall of the database does not make batches small for long.
/// </remarks>
internal sealed class BatchPace(BatchingOptions limits)
{
    private const int Start = 256;
    private const int Fewest = 16;

    private volatile int _mostRecords = Math.Min(Start, limits.MaxRecords);

    /// <summary>Records at which a batch is cut now.</summary>
    public int MostRecords => _mostRecords;

    /// <summary>Notes how long a batch took in its slowest stage.</summary>
    public void Note(int records, TimeSpan took)
    {
        var most = _mostRecords;
        if (records == 0 || (records < most && took <= limits.MaxWork))
        {
            return; // A batch that was not full says nothing about full ones, unless it took too long already.
        }

        var fitting = records * (limits.MaxWork / took);
        _mostRecords = (int)Math.Clamp(
            Math.Clamp(fitting, most / 2.0, most * 2.0), Math.Min(Fewest, limits.MaxRecords), limits.MaxRecords);
    }
}

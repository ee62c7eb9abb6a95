namespace KbAlbertStream.Storage.Writing;

/// <summary>What a batch changed. A replay changes nothing and gives all zeros but for the duplicates.</summary>
/// <param name="Inserted">Texts that were new.</param>
/// <param name="Duplicates">Texts that had been written before.</param>
/// <param name="Counted">Pairs of text and institution that came to count: looks that the spike detector owes.</param>
/// <param name="DeadLetters">Dead letters that were new.</param>
public readonly record struct WriteResult(int Inserted, int Duplicates, int Counted, int DeadLetters)
{
    /// <summary>Withdrawals that were new.</summary>
    public int Withdrawals { get; init; }

    /// <summary>
    /// Partitions whose stored position did not move, because it is not what the batch goes on from: the database was
    /// restored, or an operator moved the position. The rows are written; reading must start again from what is stored.
    /// </summary>
    public int Displaced { get; init; }
}

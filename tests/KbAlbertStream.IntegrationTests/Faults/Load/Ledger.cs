namespace KbAlbertStream.IntegrationTests.Faults.Load;

/// <summary>Everything that was published and acknowledged.</summary>
internal sealed class Ledger
{
    private readonly List<LedgerEntry> _entries = [];
    private readonly Lock _lock = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public void Add(LedgerEntry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
        }
    }

    /// <summary>A copy, in the order of acknowledgement.</summary>
    public LedgerEntry[] Entries()
    {
        lock (_lock)
        {
            return [.. _entries];
        }
    }

    /// <summary>The offset behind the last acknowledged record of every partition, in the topics' present lives.</summary>
    public Dictionary<(string Topic, int Partition), long> Ends() => Entries()
        .GroupBy(entry => (entry.Topic, entry.Partition))
        .ToDictionary(
            partition => partition.Key,
            partition => partition.GroupBy(entry => entry.Life).MaxBy(life => life.Key)!.Max(entry => entry.Offset) + 1);
}

using KbAlbertStream.Storage.Reading;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>What a replay did.</summary>
internal sealed class ReplayResult
{
    /// <summary>Put back.</summary>
    public HashSet<DeadLetterRow> Sent { get; } = [];

    /// <summary>Not taken by the brokers, with their reason.</summary>
    public Dictionary<DeadLetterRow, string> Failed { get; } = [];

    /// <summary>How many of those put back were read from the source topic.</summary>
    public int FromSource { get; private set; }

    public void Add(StoredLetter letter, string? fault)
    {
        if (fault is not null)
        {
            Failed[letter.Row] = fault;
            return;
        }

        Sent.Add(letter.Row);
        FromSource += letter.InSource ? 1 : 0;
    }
}

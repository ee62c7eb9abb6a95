namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// A <see cref="SeenText"/> in 80 bytes: what many texts share is a number in <see cref="SharedValues{T}"/>, and
/// what matters only while it is looked at is left out. Fields, because it is changed where it lies.
/// </summary>
internal struct RememberedText
{
    /// <summary>In ticks, UTC.</summary>
    public long OccurredAt;

    /// <summary>In ticks, UTC.</summary>
    public long RecordedAt;

    public long Offset;
    public string? ExternalId;

    /// <summary>All zero (which no SHA-256 is known to be) for a text that can be no copy.</summary>
    public Story Story;

    public float NegativeReputation;

    // Numbers of shared values.
    public int Source;
    public int Origin;
    public int Categories;

    // Places of other texts, kept by IdChains and StoryChains.
    public int NextById;
    public int NextByStory;
    public int PreviousByStory;

    private const int CopyBit = int.MinValue;
    private int _arrivalAndCopy;

    public readonly bool CanHaveCopies => Story != default;

    /// <summary>Orders texts of one time.</summary>
    public int Arrival
    {
        readonly get => _arrivalAndCopy & ~CopyBit;
        set => _arrivalAndCopy = value | (_arrivalAndCopy & CopyBit);
    }

    public bool IsCopy
    {
        readonly get => (_arrivalAndCopy & CopyBit) != 0;
        set => _arrivalAndCopy = value ? _arrivalAndCopy | CopyBit : _arrivalAndCopy & ~CopyBit;
    }

    /// <summary>True when it stands before another in the order of event time, then arrival.</summary>
    public readonly bool IsBefore(in RememberedText other) =>
        OccurredAt != other.OccurredAt ? OccurredAt < other.OccurredAt : Arrival < other.Arrival;
}

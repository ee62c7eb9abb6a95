using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Remembered texts, each in a place that it keeps while it is here. In blocks, so that growing neither copies what is
/// there nor leaves half of it empty.
/// </summary>
internal sealed class TextShelf
{
    /// <summary>No place.</summary>
    public const int None = -1;

    private const int BlockBits = 6;
    private const int BlockSize = 1 << BlockBits;

    private readonly List<RememberedText[]> _blocks = [];
    private readonly Stack<int> _free = [];
    private readonly SharedValues<string> _sources = new();
    private readonly SharedValues<TextOrigin> _origins = new();
    private readonly SharedValues<ImmutableArray<string>> _categories = new(SameCategories.Comparer);
    private int _used;
    private int _arrivals;

    /// <summary>The text in a place.</summary>
    public ref RememberedText this[int place] => ref _blocks[place >> BlockBits][place & (BlockSize - 1)];

    /// <summary>Puts a text into a place of its own.</summary>
    public int Put(SeenText text)
    {
        var place = TakePlace();
        this[place] = new RememberedText
        {
            OccurredAt = text.OccurredAt.UtcTicks,
            RecordedAt = text.Position.RecordedAt.UtcTicks,
            Offset = text.Position.Offset,
            ExternalId = text.ExternalId,
            Story = text.Story.GetValueOrDefault(),
            Arrival = _arrivals++,
            IsCopy = text.IsCopy,
            NegativeReputation = text.NegativeReputation,
            Source = _sources.Take(text.Source),
            Origin = _origins.Take(
                new TextOrigin(text.Position.Kind, text.Entity, text.Position.Topic, text.Position.Partition)),
            Categories = _categories.Take(text.Categories),
        };
        return place;
    }

    /// <summary>The text in a place as it was seen, its clock aside, which only a look needs.</summary>
    public SeenText Get(int place)
    {
        ref var text = ref this[place];
        var origin = _origins[text.Origin];
        var occurredAt = new DateTimeOffset(text.OccurredAt, TimeSpan.Zero);
        var recordedAt = new DateTimeOffset(text.RecordedAt, TimeSpan.Zero);
        return new SeenText(
            new RecordPosition(origin.Kind, recordedAt, origin.Topic, origin.Partition, text.Offset),
            origin.Entity,
            occurredAt,
            ClockAt: occurredAt,
            _sources[text.Source],
            text.CanHaveCopies ? text.Story : null,
            _categories[text.Categories],
            text.NegativeReputation)
        {
            IsCopy = text.IsCopy,
            ExternalId = text.ExternalId,
        };
    }

    /// <summary>The categories with a number.</summary>
    public ImmutableArray<string> CategoriesOf(int number) => _categories[number];

    /// <summary>Empties a place.</summary>
    public void Remove(int place)
    {
        ref var text = ref this[place];
        _sources.Release(text.Source);
        _origins.Release(text.Origin);
        _categories.Release(text.Categories);
        text = default;
        _free.Push(place);
    }

    private int TakePlace()
    {
        if (_free.TryPop(out var place))
        {
            return place;
        }

        if (_used == _blocks.Count << BlockBits)
        {
            _blocks.Add(new RememberedText[BlockSize]);
        }

        return _used++;
    }
}

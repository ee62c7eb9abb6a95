using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// The texts of one series in the last days, in order of event time; the earliest of copies counts. Copies and
/// identifiers are found by hashing, moments by halving: of all that is remembered only the four bytes of each later text
/// move, and only when a text comes late or goes early.
/// </summary>
/// <param name="copySpan">A text with the story of one that counts, at most this much earlier, is its copy.</param>
internal sealed class RecentTexts(TimeSpan copySpan)
{
    private Contents _contents = new(copySpan);

    /// <summary>The text in a place, not to be held while texts are added or removed.</summary>
    public ref readonly RememberedText this[int place] => ref _contents.Texts[place];

    /// <summary>The categories with a number.</summary>
    public ImmutableArray<string> CategoriesOf(int number) => _contents.Texts.CategoriesOf(number);

    /// <summary>Takes a text in as it is; no version of it may be there.</summary>
    public void Restore(SeenText text)
    {
        var place = Insert(text);
        if (this[place].CanHaveCopies)
        {
            _contents.Copies.Restore(place);
        }
    }

    /// <summary>
    /// Takes a text in, in place of another version of it, and settles which of its copies counts: the earliest, also
    /// when it comes late.
    /// </summary>
    public void Add(SeenText text)
    {
        if (text.ExternalId is { } id)
        {
            Remove(id);
        }

        var place = Insert(text with { IsCopy = false });
        if (this[place].CanHaveCopies)
        {
            _contents.Copies.Add(place);
        }
    }

    /// <summary>Forgets a text, if it is there, and settles its copies anew.</summary>
    public void Remove(string externalId)
    {
        var place = _contents.Ids.Find(externalId);
        if (place == TextShelf.None)
        {
            return;
        }

        _contents.Order.RemoveAt(IndexOf(place));
        _contents.Ids.Remove(place);
        if (this[place].CanHaveCopies)
        {
            _contents.Copies.Remove(place);
        }

        _contents.Texts.Remove(place);
    }

    /// <summary>Forgets what occurred before.</summary>
    public void ForgetBefore(DateTimeOffset moment)
    {
        var count = IndexAfter(moment.UtcTicks - 1);
        if (count == 0)
        {
            return;
        }

        // What stays is taken in anew: that is once a day, and gives back what a busy day would leave half empty.
        var (texts, order) = (_contents.Texts, _contents.Order);
        _contents = new Contents(copySpan);
        foreach (var place in order.Skip(count))
        {
            Restore(texts.Get(place));
        }
    }

    /// <summary>The places of the texts with <paramref name="after"/> &lt; event time &lt;= <paramref name="until"/>.</summary>
    public ReadOnlySpan<int> Between(DateTimeOffset after, DateTimeOffset until)
    {
        var first = IndexAfter(after.UtcTicks);
        return CollectionsMarshal.AsSpan(_contents.Order)[first..Math.Max(first, IndexAfter(until.UtcTicks))];
    }

    /// <summary>The texts in the same span.</summary>
    public SeenText[] TextsBetween(DateTimeOffset after, DateTimeOffset until)
    {
        var places = Between(after, until);
        var texts = new SeenText[places.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = _contents.Texts.Get(places[i]);
        }

        return texts;
    }

    /// <summary>The event times in the same span.</summary>
    public DateTimeOffset[] MomentsBetween(DateTimeOffset after, DateTimeOffset until)
    {
        var places = Between(after, until);
        var moments = new DateTimeOffset[places.Length];
        for (var i = 0; i < moments.Length; i++)
        {
            moments[i] = new DateTimeOffset(this[places[i]].OccurredAt, TimeSpan.Zero);
        }

        return moments;
    }

    /// <summary>How many of the texts in the same span count.</summary>
    public int CountBetween(DateTimeOffset after, DateTimeOffset until)
    {
        var count = 0;
        foreach (var place in Between(after, until))
        {
            count += this[place].IsCopy ? 0 : 1;
        }

        return count;
    }

    private int Insert(SeenText text)
    {
        var place = _contents.Texts.Put(text);
        _contents.Order.Insert(IndexAfter(this[place].OccurredAt), place);
        if (text.ExternalId is not null)
        {
            _contents.Ids.Add(place);
        }

        return place;
    }

    private int IndexAfter(long moment)
    {
        var (low, high) = (0, _contents.Order.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = this[_contents.Order[middle]].OccurredAt <= moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int IndexOf(int place)
    {
        var (low, high) = (0, _contents.Order.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = this[_contents.Order[middle]].IsBefore(this[place]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private sealed class Contents
    {
        public Contents(TimeSpan copySpan)
        {
            Ids = new IdChains(Texts);
            Copies = new CopySettling(Texts, copySpan);
        }

        public TextShelf Texts { get; } = new();

        public IdChains Ids { get; }

        public CopySettling Copies { get; }

        /// <summary>The places, by event time, then arrival.</summary>
        public List<int> Order { get; } = [];
    }
}

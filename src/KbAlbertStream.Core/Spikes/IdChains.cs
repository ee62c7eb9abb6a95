namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Finds a remembered text by its identifier: a hash table whose chains run through the texts themselves, because a
/// dictionary would add a third to what a text takes.
/// </summary>
internal sealed class IdChains(TextShelf texts)
{
    private const int MostAHead = 2;

    private int[] _heads = [TextShelf.None];
    private int _count;

    /// <summary>The place of a text; <see cref="TextShelf.None"/> when it is not there.</summary>
    public int Find(string externalId)
    {
        var place = HeadOf(externalId);
        while (place != TextShelf.None && texts[place].ExternalId != externalId)
        {
            place = texts[place].NextById;
        }

        return place;
    }

    /// <summary>Adds a text that has an identifier.</summary>
    public void Add(int place)
    {
        if (_count == MostAHead * _heads.Length)
        {
            Grow();
        }

        _count++;
        Link(place);
    }

    /// <summary>Takes a text out.</summary>
    public void Remove(int place)
    {
        _count--;
        ref var link = ref HeadOf(texts[place].ExternalId!);
        while (link != place)
        {
            link = ref texts[link].NextById;
        }

        link = texts[place].NextById;
    }

    private void Grow()
    {
        var heads = _heads;
        _heads = new int[heads.Length * 2];
        Array.Fill(_heads, TextShelf.None);
        foreach (var head in heads)
        {
            for (var place = head; place != TextShelf.None;)
            {
                var next = texts[place].NextById;
                Link(place);
                place = next;
            }
        }
    }

    private void Link(int place)
    {
        ref var head = ref HeadOf(texts[place].ExternalId!);
        texts[place].NextById = head;
        head = place;
    }

    // The hash differs from process to process, so that no sender can choose identifiers that meet in one chain. It
    // decides where a text is looked for, never what is found.
    private ref int HeadOf(string externalId) => ref _heads[externalId.GetHashCode() & (_heads.Length - 1)];
}

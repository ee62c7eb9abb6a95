namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Finds the remembered texts of a story: a hash table whose chains run through the texts themselves. In a chain those
/// that count stand before the copies, so the few that count are found without a walk over thousands of copies.
/// </summary>
internal sealed class StoryChains(TextShelf texts)
{
    private const int MostAHead = 2;

    private int[] _heads = [TextShelf.None];
    private int _count;

    /// <summary>The places of the texts of a story that count, in no order.</summary>
    public void FindCounted(Story story, List<int> found)
    {
        found.Clear();
        var place = HeadOf(story);
        while (place != TextShelf.None && !texts[place].IsCopy)
        {
            AddIfOf(story, place, found);
            place = texts[place].NextByStory;
        }
    }

    /// <summary>The places of all texts of a story, in no order.</summary>
    public void FindAll(Story story, List<int> found)
    {
        found.Clear();
        for (var place = HeadOf(story); place != TextShelf.None; place = texts[place].NextByStory)
        {
            AddIfOf(story, place, found);
        }
    }

    /// <summary>Adds a text that can have copies.</summary>
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
        ref var text = ref texts[place];
        if (text.PreviousByStory == TextShelf.None)
        {
            HeadOf(text.Story) = text.NextByStory;
        }
        else
        {
            texts[text.PreviousByStory].NextByStory = text.NextByStory;
        }

        if (text.NextByStory != TextShelf.None)
        {
            texts[text.NextByStory].PreviousByStory = text.PreviousByStory;
        }
    }

    /// <summary>Makes a text count or a copy.</summary>
    public void Mark(int place, bool isCopy)
    {
        Remove(place);
        texts[place].IsCopy = isCopy;
        Add(place);
    }

    private void AddIfOf(Story story, int place, List<int> found)
    {
        if (texts[place].Story == story)
        {
            found.Add(place);
        }
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
                var next = texts[place].NextByStory;
                Link(place);
                place = next;
            }
        }
    }

    private void Link(int place)
    {
        ref var text = ref texts[place];
        ref var head = ref HeadOf(text.Story);
        var (previous, next) = (TextShelf.None, head);
        while (text.IsCopy && next != TextShelf.None && !texts[next].IsCopy)
        {
            (previous, next) = (next, texts[next].NextByStory);
        }

        (text.PreviousByStory, text.NextByStory) = (previous, next);
        if (previous == TextShelf.None)
        {
            head = place;
        }
        else
        {
            texts[previous].NextByStory = place;
        }

        if (next != TextShelf.None)
        {
            texts[next].PreviousByStory = place;
        }
    }

    // Mixed with the process's random seed, so that no sender can choose stories that meet in one chain. It decides
    // where a story is looked for, never what is found.
    private ref int HeadOf(Story story) => ref _heads[HashCode.Combine(story) & (_heads.Length - 1)];
}

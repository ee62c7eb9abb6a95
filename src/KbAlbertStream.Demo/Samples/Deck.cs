namespace KbAlbertStream.Demo.Samples;

/// <summary>Deals the cards that satisfy a wish, each once before any comes again.</summary>
internal sealed class Deck<T>
{
    private readonly LinkedList<T> _cards;

    public Deck(IEnumerable<T> cards, Random random)
    {
        var shuffled = cards.ToArray();
        random.Shuffle(shuffled);
        _cards = new LinkedList<T>(shuffled);
    }

    /// <summary>The first card that satisfies the wish, which then goes to the bottom.</summary>
    public T Deal(Func<T, bool> wish)
    {
        for (var node = _cards.First; node is not null; node = node.Next)
        {
            if (wish(node.Value))
            {
                _cards.Remove(node);
                _cards.AddLast(node);
                return node.Value;
            }
        }

        throw new InvalidOperationException("No template satisfies the wish.");
    }
}

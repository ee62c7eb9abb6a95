using System.Runtime.InteropServices;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>Puts an <see cref="EncodedSequence"/> together.</summary>
internal sealed class SequenceBuilder(int length)
{
    private readonly int[] _ids = new int[length];
    private readonly int[] _types = new int[length];
    private readonly int[] _mask = new int[length];
    private readonly (int, int)[] _offsets = new (int, int)[length];
    private int _count;

    /// <summary>Adds a token that stands in no text.</summary>
    public void Add(int id, int type) => Add(id, type, offset: default);

    /// <summary>Adds tokens of a text.</summary>
    public void Add(TokenBuffer tokens, int first, int count, int type)
    {
        for (var i = first; i < first + count; i++)
        {
            Add(tokens.Ids[i], type, (tokens.Starts[i], tokens.Ends[i]));
        }
    }

    /// <summary>Fills up what is left and ends.</summary>
    public EncodedSequence Pad(int paddingId)
    {
        _ids.AsSpan(_count).Fill(paddingId);
        return new EncodedSequence
        {
            Ids = ImmutableCollectionsMarshal.AsImmutableArray(_ids),
            TokenTypes = ImmutableCollectionsMarshal.AsImmutableArray(_types),
            AttentionMask = ImmutableCollectionsMarshal.AsImmutableArray(_mask),
            Offsets = ImmutableCollectionsMarshal.AsImmutableArray(_offsets),
        };
    }

    private void Add(int id, int type, (int Start, int End) offset)
    {
        _ids[_count] = id;
        _types[_count] = type;
        _mask[_count] = 1;
        _offsets[_count] = offset;
        _count++;
    }
}

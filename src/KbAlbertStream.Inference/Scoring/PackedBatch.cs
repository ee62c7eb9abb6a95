namespace KbAlbertStream.Inference.Scoring;

/// <summary>
/// The inputs of one pass of the encoder: the tokens of all windows one after the other, and the indices that lead from
/// there to the padded form of attention and back. Filled again for every pass; it allocates only while it grows.
/// A <see cref="PassShape"/> may have more places than there are windows: each is taken for a window of the first token.
/// </summary>
internal sealed class PackedBatch
{
    private int[] _ids = [];
    private int[] _positions = [];
    private int[] _tokenSlots = [];
    private int[] _paddedRows = [];
    private int[] _lengths = [];
    private int[] _startRows = [];

    /// <summary>T: tokens of all windows.</summary>
    public int Tokens { get; private set; }

    /// <summary>Windows that were added.</summary>
    public int Windows { get; private set; }

    /// <summary>B and S.</summary>
    public PassShape Shape { get; private set; }

    /// <summary>(T): ids.</summary>
    public Memory<int> Ids => _ids.AsMemory(0, Tokens);

    /// <summary>(T): place in the window.</summary>
    public Memory<int> Positions => _positions.AsMemory(0, Tokens);

    /// <summary>(T): slot in the flattened (B, S).</summary>
    public Memory<int> TokenSlots => _tokenSlots.AsMemory(0, Tokens);

    /// <summary>(B, S): row of each slot; padding slots point at row 0, which is masked there.</summary>
    public Memory<int> PaddedRows => _paddedRows.AsMemory(0, Shape.Texts * Shape.Longest);

    /// <summary>(B): tokens of each window; 1 in an empty place.</summary>
    public Memory<int> Lengths => _lengths.AsMemory(0, Shape.Texts);

    /// <summary>(B): row of each [CLS].</summary>
    public Memory<int> StartRows => _startRows.AsMemory(0, Shape.Texts);

    /// <summary>Empties the batch and makes room.</summary>
    /// <param name="shape">At least the windows that will be added, and the tokens of the longest with [CLS] and [SEP].</param>
    /// <param name="tokens">Tokens of all of them.</param>
    public void Start(PassShape shape, int tokens)
    {
        Tokens = 0;
        Windows = 0;
        Shape = shape;
        Grow(ref _ids, tokens);
        Grow(ref _positions, tokens);
        Grow(ref _tokenSlots, tokens);
        Grow(ref _paddedRows, shape.Texts * shape.Longest);
        Grow(ref _lengths, shape.Texts);
        Grow(ref _startRows, shape.Texts);
        PaddedRows.Span.Clear();
        Lengths.Span.Fill(1);
        StartRows.Span.Clear();
    }

    /// <summary>Adds a window: [CLS], its tokens, [SEP].</summary>
    public void Add(int startId, ReadOnlySpan<int> ids, int separatorId)
    {
        var length = ids.Length + 2;
        var first = Windows * Shape.Longest;
        _ids[Tokens] = startId;
        ids.CopyTo(_ids.AsSpan(Tokens + 1));
        _ids[Tokens + length - 1] = separatorId;
        for (var i = 0; i < length; i++)
        {
            _paddedRows[first + i] = Tokens + i;
            _positions[Tokens + i] = i;
            _tokenSlots[Tokens + i] = first + i;
        }

        _lengths[Windows] = length;
        _startRows[Windows] = Tokens;
        Tokens += length;
        Windows++;
    }

    private static void Grow(ref int[] array, int length)
    {
        if (array.Length < length)
        {
            array = new int[Math.Max(length, 2 * array.Length)];
        }
    }
}
